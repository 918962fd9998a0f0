package holdfast.server.drivers.webdav;

import holdfast.server.credentials.Bearer;
import holdfast.server.credentials.Secret;
import holdfast.server.credentials.TokenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The token of a non-member, read anew each time; one that has ended is not shown, for it would be refused of anybody. */
record StrangerToken(Path file, Clock clock) implements Bearer {
    private static final Pattern ENDS = Pattern.compile("\"exp\"\\s*:\\s*([0-9]{1,12})");

    @Override
    public Optional<Secret> token(List<Want> wants) throws IOException {
        Optional<Secret> token = new TokenFile(file).token(wants);
        Optional<Instant> ends = token.flatMap(t -> ends(t.reveal()));
        if (ends.isPresent() && !clock.instant().isBefore(ends.get())) {
            throw new IOException("the token of the non-member in %s ended %s".formatted(file, ends.get()));
        }
        return token;
    }

    /** When a token ends that is a JWT (RFC 7519); of others nobody can tell. */
    private static Optional<Instant> ends(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            Matcher ends = ENDS.matcher(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
            return ends.find() ? Optional.of(Instant.ofEpochSecond(Long.parseLong(ends.group(1)))) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
