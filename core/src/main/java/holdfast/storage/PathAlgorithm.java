package holdfast.storage;

import holdfast.vocabulary.DataId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** How a data identifier becomes a path below an element's prefix, as the field's {@code lfn2pfn_algorithm} names it. */
public enum PathAlgorithm {
    /** Two levels of folders from the MD5 of {@code scope:name}: {@code scope/39/ae/name}. */
    HASH("hash"),
    /** {@code scope/name}. */
    IDENTITY("identity"),
    /** The name alone, which holds its folders itself. */
    NAME("name");

    private final String attribute;

    PathAlgorithm(String attribute) {
        this.attribute = attribute;
    }

    /** What an element's attribute calls it. */
    public String attribute() {
        return attribute;
    }

    /** Empty where no algorithm is called so. */
    public static Optional<PathAlgorithm> called(String attribute) {
        for (PathAlgorithm algorithm : values()) {
            if (algorithm.attribute.equals(attribute.toLowerCase(Locale.ROOT))) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    public String path(DataId id) {
        return switch (this) {
            case HASH -> {
                String digits = md5(id.toString());
                yield folder(id) + "/" + digits.substring(0, 2) + "/" + digits.substring(2, 4) + "/" + id.name();
            }
            case IDENTITY -> folder(id) + "/" + id.name();
            case NAME -> id.name();
        };
    }

    /** Scopes of users and groups are folders within folders. */
    private static String folder(DataId id) {
        String scope = id.scope().name();
        return scope.startsWith("user") || scope.startsWith("group") ? scope.replace('.', '/') : scope;
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no MD5", e);
        }
    }
}
