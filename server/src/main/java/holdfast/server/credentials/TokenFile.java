package holdfast.server.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A token that somebody else keeps fresh in a file, such as the agent of a site; read anew each time. */
public record TokenFile(Path file) implements Bearer {
    @Override
    public Optional<Secret> token(List<Want> wants) throws IOException {
        try {
            String token = Files.readString(file).strip();
            if (token.isEmpty()) {
                throw new IOException("the token file %s is empty".formatted(file));
            }
            return Optional.of(new Secret(token));
        } catch (NoSuchFileException e) {
            throw new IOException("there is no token file %s".formatted(file), e);
        }
    }
}
