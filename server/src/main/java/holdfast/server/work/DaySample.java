package holdfast.server.work;

import holdfast.server.sql.ClassSample;
import holdfast.server.sql.FileCopy;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.NameKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The copies of a class at an element that are tried on a day: where the sample begins follows from the day (UTC), the
 * element, the class and what it is for, so that it is the same on every node, and another one the next day.
 */
final class DaySample {
    private final Workplace place;
    private final ClassSample sample;
    private final String use;

    DaySample(Workplace place, String use) {
        this.place = place;
        this.sample = new ClassSample(place.words());
        this.use = use;
    }

    List<FileCopy> of(ClassSample.Of of, int most) {
        LocalDate day = LocalDate.ofInstant(place.now(), ZoneOffset.UTC);
        String text = use + "\n" + of.storage() + "\n" + of.classId() + "\n" + day;
        ByteBuffer begin = ByteBuffer.wrap(
                Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).value());
        NameKey from = new NameKey(begin.getLong(), begin.getLong());
        return place.database().read(connection -> sample.from(connection, of, from, most));
    }
}
