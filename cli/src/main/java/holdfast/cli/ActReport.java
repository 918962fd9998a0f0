package holdfast.cli;

import holdfast.cli.wire.Route;
import holdfast.formats.Json;
import holdfast.retention.Act;
import holdfast.retention.SignedAct;
import holdfast.retention.SignedAct.Proposal;
import holdfast.vocabulary.Actor;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An act as {@code GET /acts} tells it. */
record ActReport(
        String id,
        String act,
        @Nullable String about,
        String reason,
        String state,
        Instant since,
        String by,
        Instant proposedAt,
        int needed,
        List<String> signers,
        @Nullable List<String> lapsed,
        @Nullable List<Withheld> withheld,
        @Nullable String givenUp,
        @Nullable Instant undoUntil,
        @Nullable Instant goFrom,
        String text) {

    /** Why a file of a signed act was not done yet. */
    record Withheld(String file, String why, Instant since) {}

    /** The body of {@code POST /acts/ID/signatures}. */
    record SignatureGiven(String signer, String signature) {}

    /** What a signer signs: made here from the act's own text, so that the server cannot have another act signed. */
    String statement(Actor signer) {
        return SignedAct.proposed(UUID.fromString(id), Act.parse(text), reason, new Proposal(new Actor(by), proposedAt))
                .statement(signer);
    }

    /** Signs it and tells the server; answers the act as it stands then. */
    ActReport sign(Connection connection, Actor signer, SignerKey key) throws GeneralSecurityException {
        SignatureGiven given = new SignatureGiven(signer.name(), key.sign(statement(signer)));
        return Json.read(connection.post(Route.of("acts", id, "signatures"), given), ActReport.class);
    }

    /** One line for people, with what happens next. */
    String line() {
        String what = act + (about == null ? "" : " " + about);
        String next = switch (state) {
            case "OPEN" ->
                "waits for %d more signature%s: holdfast act sign %s --as NAME --key FILE"
                        .formatted(needed - signers.size(), needed - signers.size() == 1 ? "" : "s", id);
            case "SIGNED" ->
                "can be undone until %s: holdfast act withdraw %s --as NAME --reason WHY%s"
                        .formatted(
                                undoUntil,
                                id,
                                goFrom == null || goFrom.equals(undoUntil) ? "" : "\n    copies go from " + goFrom);
            case "WITHDRAWN" -> "given up " + since + (givenUp == null ? "" : ": " + givenUp);
            default -> "done " + since;
        };
        return "%s  %s  by %s, signed by %s%s: %s\n    %s%s"
                .formatted(
                        id,
                        what,
                        by,
                        signers.isEmpty() ? "nobody" : String.join(" and ", signers),
                        lapsed == null || lapsed.isEmpty()
                                ? ""
                                : " (no more: " + String.join(" and ", lapsed) + ", who can sign again)",
                        reason,
                        next,
                        hindrances());
    }

    private String hindrances() {
        return withheld == null
                ? ""
                : withheld.stream()
                        .map(w -> "\n    not done since %s: %s: %s"
                                .formatted(TimeText.minute(w.since()), w.file(), w.why()))
                        .collect(Collectors.joining());
    }
}
