package holdfast.server.api.holdfast;

import holdfast.judgement.Reason;
import holdfast.plan.Waiver;
import holdfast.retention.SignedAct;
import holdfast.server.keeping.DamageFound.Bad;
import holdfast.server.shift.Shift;
import holdfast.server.shift.ShiftReport;
import holdfast.server.sql.Breaches.Alike;
import holdfast.server.sql.ClauseVerdicts.Change;
import holdfast.server.sql.Wants;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What one shift hands over to the next. */
@RestController
@RequestMapping("/api/shift")
class ShiftController {
    private final ShiftReport report;

    ShiftController(ShiftReport report) {
        this.report = report;
    }

    record Report(
            Instant since,
            Instant at,
            List<Changed> changes,
            List<Group> began,
            List<Group> ended,
            List<Group> open,
            List<Damage> damage,
            Waits waits,
            Silenced silenced,
            long due) {}

    record Changed(String clause, String before, String after, Instant at) {}

    /** Files alike; {@code example} is one of them. */
    record Group(
            String clause,
            long files,
            long standing,
            Instant began,
            Instant latest,
            @Nullable Instant ended,
            String example,
            List<String> reasons) {}

    record Damage(
            Instant at,
            String did,
            String storage,
            String outcome,
            String state,
            @Nullable String finding) {}

    record ActWaiting(
            String id,
            String act,
            @Nullable String about,
            String reason,
            String state,
            String by,
            Instant proposedAt,
            int needed,
            List<String> signers) {}

    record Waits(
            List<ActWaiting> acts,
            List<Silent> elements,
            List<Wanted> copies,
            List<Group> inspections,
            @Nullable SilentSource members) {}

    /** The source of members. */
    record SilentSource(Instant since, String why) {}

    record Silent(String storage, @Nullable Instant since, String why) {}

    record Wanted(
            String storage,
            long copies,
            long bytes,
            Instant since,
            String reason,
            @Nullable String problem,
            int attempts,
            Instant nextTry) {}

    record Silenced(List<WaiverSaid> waivers, List<DowntimeSaid> downtimes) {}

    record WaiverSaid(
            String id,
            String clause,
            int subjects,
            String owner,
            String signer,
            String reason,
            Instant from,
            Instant until) {}

    record DowntimeSaid(
            String site,
            Instant from,
            Instant until,
            String reason,
            @Nullable String by) {}

    @GetMapping
    Report since(@RequestParam Instant since) {
        Shift shift = report.since(since);
        return new Report(
                shift.since(),
                shift.at(),
                shift.changes().stream().map(ShiftController::said).toList(),
                groups(shift.breaches().began()),
                groups(shift.breaches().ended()),
                groups(shift.breaches().open()),
                shift.damage().stream().map(ShiftController::said).toList(),
                said(shift.waits()),
                said(shift.silenced()),
                shift.due());
    }

    private static Changed said(Change c) {
        return new Changed(c.clause().name(), c.before().name(), c.after().name(), c.at());
    }

    private static List<Group> groups(List<Alike> groups) {
        return groups.stream().map(ShiftController::said).toList();
    }

    private static Group said(Alike a) {
        return new Group(
                a.clause().name(),
                a.files(),
                a.between().standing(),
                a.between().first(),
                a.between().latest(),
                a.between().ended().orElse(null),
                a.sample().toString(),
                a.reasons().stream().map(Reason::text).toList());
    }

    private static Damage said(Bad b) {
        return new Damage(
                b.at(),
                b.copy().id().toString(),
                b.copy().storage().name(),
                b.outcome().name(),
                b.copy().state().name(),
                b.copy().finding().orElse(null));
    }

    private static Waits said(Shift.Waits w) {
        return new Waits(
                w.acts().stream().map(ShiftController::said).toList(),
                w.silent().stream()
                        .map(s -> new Silent(s.element().name(), s.since().orElse(null), s.why()))
                        .toList(),
                w.copies().stream().map(ShiftController::said).toList(),
                groups(w.inspections()),
                w.members().map(m -> new SilentSource(m.since(), m.why())).orElse(null));
    }

    private static ActWaiting said(SignedAct a) {
        return new ActWaiting(
                a.id().toString(),
                a.act().word(),
                a.act().about().map(Object::toString).orElse(null),
                a.reason(),
                a.state().name(),
                a.proposal().by().name(),
                a.proposal().at(),
                a.act().needed(),
                a.signatures().stream().map(s -> s.signer().name()).toList());
    }

    private static Wanted said(Wants.Waiting w) {
        return new Wanted(
                w.to().name(),
                w.extent().copies(),
                w.extent().bytes().bytes(),
                w.extent().since(),
                w.reason(),
                w.problem().orElse(null),
                w.attempts(),
                w.nextTry());
    }

    private static Silenced said(Shift.Silenced s) {
        return new Silenced(
                s.waivers().stream().map(ShiftController::said).toList(),
                s.downtimes().stream()
                        .map(d -> new DowntimeSaid(
                                d.downtime().site().name(),
                                d.downtime().from(),
                                d.downtime().until(),
                                d.downtime().reason(),
                                d.by().map(Object::toString).orElse(null)))
                        .toList());
    }

    private static WaiverSaid said(Waiver w) {
        return new WaiverSaid(
                w.id().toString(),
                w.clause().name(),
                w.subjects().size(),
                w.owner().name(),
                w.signer().name(),
                w.reason(),
                w.from(),
                w.until());
    }
}
