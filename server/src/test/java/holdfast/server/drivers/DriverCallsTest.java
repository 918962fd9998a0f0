package holdfast.server.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of an element is counted, and answered as before. */
class DriverCallsTest {
    @TempDir
    Path folder;

    @Test
    void eachCallIsCountedByKindAndThoseAboutOwnFilesApart() throws IOException {
        DriverCalls calls = new DriverCalls();
        StorageName name = new StorageName("DISK");
        ElementDriver plain = new PosixDriver(
                name,
                PosixDriver.Settings.of(folder.resolve("disk")),
                new Start(UUID.fromString("5f0e1c9e-0000-4000-8000-000000000000"), Instant.EPOCH));
        try (ElementDriver driver = calls.counted(name, plain)) {
            driver.initialise(true);
            driver.write(new StoragePath("a"), new ByteSize(1), new ByteArrayInputStream(new byte[1]));
            driver.write(new StoragePath(".canary/x"), new ByteSize(1), new ByteArrayInputStream(new byte[1]));
            assertThat(driver.look(new StoragePath("a")).toString()).contains("Present");
            driver.look(new StoragePath("b"));
            assertThatThrownBy(() -> driver.open(new StoragePath("b"))).isInstanceOf(IOException.class);
        }
        Map<String, Long> counted = calls.now().get("DISK");
        assertThat(counted)
                .containsEntry("write", 1L)
                .containsEntry("write (own files)", 1L)
                .containsEntry("look", 2L)
                .containsEntry("open", 1L)
                .doesNotContainKeys("release", "toString");
    }
}
