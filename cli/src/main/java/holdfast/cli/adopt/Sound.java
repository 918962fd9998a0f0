package holdfast.cli.adopt;

import holdfast.formats.rucio.RucioCopy;
import holdfast.formats.rucio.RucioFile;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.Scope;
import holdfast.vocabulary.StorageName;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Whether what a Rucio says can be said in Holdfast's words at all; one bad name must not refuse the thousand around it. */
final class Sound {
    private final Set<String> elements = ConcurrentHashMap.newKeySet();

    /** Why a file cannot be taken over; empty where it can. */
    Optional<Conflict> check(RucioFile file) {
        try {
            name(file.scope(), file.name());
            digest(Algorithm.ADLER32, file.adler32());
            digest(Algorithm.MD5, file.md5());
            file.copies().stream().map(RucioCopy::rse).forEach(this::element);
            if (file.bytes() < 0) {
                return Optional.of(refused("file", file.scope(), file.name(), "its size is " + file.bytes()));
            }
            return Optional.empty();
        } catch (BadWord bad) {
            return Optional.of(refused("file", file.scope(), file.name(), bad.getMessage()));
        }
    }

    /** Why a name cannot be taken over; empty where it can. */
    static Optional<Conflict> check(String of, String scope, String name) {
        try {
            name(scope, name);
            return Optional.empty();
        } catch (BadWord bad) {
            return Optional.of(refused(of, scope, name, bad.getMessage()));
        }
    }

    private static Conflict refused(String of, String scope, String name, @Nullable String why) {
        return new Conflict(of, scope, name, "no word that is allowed here", null, why);
    }

    private static void name(String scope, String name) {
        DataId _ = new DataId(new Scope(scope), name);
    }

    private static void digest(Algorithm algorithm, @Nullable String hex) {
        if (hex != null) {
            Digest _ = new Digest(algorithm, hex);
        }
    }

    private void element(String name) {
        if (!elements.contains(name)) {
            elements.add(new StorageName(name).name());
        }
    }
}
