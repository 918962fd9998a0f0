package holdfast.evidence;

import holdfast.retention.Hold;
import holdfast.retention.RetentionFact;
import holdfast.retention.RetentionFact.SignerNamed;
import holdfast.retention.Selected;
import holdfast.retention.SignedAct;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.DataId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Signers, acts, what they made public, and the custody hold, folded. */
final class ActBook {
    private final Map<Actor, SignerNamed> signers = new TreeMap<>();
    private final Map<UUID, SignedAct> acts = new TreeMap<>();
    private final Map<DataId, Made> published = new TreeMap<>();
    private Optional<Hold> hold = Optional.empty();

    private record Made(UUID act, Selected file) {}

    /** The act by which a file became public; empty where none made it. */
    Optional<UUID> releasedBy(DataId file) {
        return Optional.ofNullable(published.get(file)).map(Made::act);
    }

    void apply(RetentionFact fact) {
        switch (fact) {
            case SignerNamed named -> signers.put(named.signer().name(), named);
            case RetentionFact.ActChanged changed -> acts.put(changed.act().id(), changed.act());
            case RetentionFact.HoldBegan began -> hold = Optional.of(began.hold());
            case RetentionFact.HoldLifted _ -> hold = Optional.empty();
            case RetentionFact.Published made ->
                made.files().forEach(file -> published.put(file.to(), new Made(made.act(), file)));
            // Their effects are rows of the catalogue, or none.
            case RetentionFact.CopiesDecided _,
                    RetentionFact.FilesDeclaredLost _,
                    RetentionFact.ReleaseRefused _,
                    RetentionFact.RemovalHanded _ -> {}
        }
    }

    Optional<Hold> hold() {
        return hold;
    }

    Stream<String> signerLines() {
        return signers.values().stream()
                .map(s -> StateLines.signer(s.signer(), s.retired()))
                .sorted(StateLines.ORDER);
    }

    Stream<String> actLines() {
        return acts.values().stream().map(StateLines::act).sorted(StateLines.ORDER);
    }

    Stream<String> publishedLines() {
        return published.values().stream()
                .map(made -> StateLines.published(made.act, made.file))
                .sorted(StateLines.ORDER);
    }

    Stream<String> holdLines() {
        return hold.map(StateLines::hold).stream();
    }
}
