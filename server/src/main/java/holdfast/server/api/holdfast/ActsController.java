package holdfast.server.api.holdfast;

import holdfast.access.Reach;
import holdfast.custody.InForce;
import holdfast.formats.RegisterFile;
import holdfast.ingest.IngestFact.RegisterImported;
import holdfast.ingest.Register;
import holdfast.journal.Journal.Appended;
import holdfast.plan.PlanFact.WaiverGranted;
import holdfast.plan.Waiver;
import holdfast.server.clock.HouseClock;
import holdfast.server.config.Adoption;
import holdfast.server.identity.AdministratorSecret;
import holdfast.server.sql.Database;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.State;
import holdfast.server.work.Downtimes;
import holdfast.server.work.Downtimes.Declared;
import holdfast.storage.Downtime;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.ClauseId;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.SiteName;
import holdfast.vocabulary.StorageName;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a data manager does: imports the register, declares downtimes, grants waivers, changes the secret. */
@RestController
@RequestMapping("/api")
class ActsController {
    private final Desk desk;
    private final Downtimes downtimes;
    private final AdministratorSecret secret;
    private final Supplier<InForce> inForce;

    /** What these acts work with. */
    @Component
    record Desk(Database database, State state, SqlJournal journal, HouseClock clock) {}

    ActsController(Desk desk, Downtimes downtimes, AdministratorSecret secret, Adoption inForce) {
        this.desk = desk;
        this.downtimes = downtimes;
        this.secret = secret;
        this.inForce = inForce;
    }

    record Imported(String source, Instant asOf, int runs, long files, long openRuns) {}

    record DowntimeAsked(String site, Instant from, Instant until, String reason) {}

    record Elements(List<String> elements) {}

    record WaiverAsked(
            String clause,
            List<String> subjects,
            String owner,
            String reason,
            @Nullable Instant from,
            Instant until) {}

    record WaiverSaid(
            String id,
            String clause,
            List<String> subjects,
            String owner,
            String reason,
            Instant from,
            Instant until) {}

    record Secret(String secret) {}

    @PostMapping("/runs")
    Imported runs(@RequestBody String text, @RequestParam(defaultValue = "false") boolean dryRun, Actor by) {
        Register register = RegisterFile.read(text, "register", inForce.get().naming(), any -> true)
                .orThrow();
        if (!dryRun) {
            done(desk.journal.append(new RegisterImported(register), by));
        }
        long files = register.runs().stream().mapToLong(r -> r.files().size()).sum();
        long open = register.runs().stream().filter(r -> r.closed().isEmpty()).count();
        return new Imported(register.source(), register.asOf(), register.runs().size(), files, open);
    }

    @PostMapping("/downtimes")
    Elements downtime(
            @RequestBody DowntimeAsked asked,
            @RequestParam(defaultValue = "false") boolean dryRun,
            Actor by,
            Reach reach) {
        Reaching.require(new SiteName(asked.site), reach);
        Downtime downtime = new Downtime(new SiteName(asked.site), asked.from, asked.until, asked.reason);
        return switch (downtimes.declare(downtime, by, dryRun)) {
            case Declared.Done declared ->
                new Elements(declared.elements().stream().map(StorageName::name).toList());
            case Declared.Refused refused -> throw new Problem.Told(Problem.BAD_REQUEST, refused.why());
            case Declared.Unknown unknown -> throw new Problem.Told(Problem.UNKNOWN_OUTCOME, unknown.why());
        };
    }

    /** The one who grants it signs it; the owner must be somebody else. */
    @PostMapping("/waivers")
    WaiverSaid waiver(@RequestBody WaiverAsked asked, @RequestParam(defaultValue = "false") boolean dryRun, Actor by) {
        ClauseId clause = new ClauseId(asked.clause);
        var known = Optional.ofNullable(inForce.get().plan().clauses().get(clause))
                .orElseThrow(() -> new Problem.Told(Problem.BAD_REQUEST, "the plan in force has no clause " + clause));
        if (!known.waivable()) {
            throw new Problem.Told(Problem.REFUSED, clause + " cannot be waived: the plan says so");
        }
        Instant from = asked.from == null ? desk.clock.now() : asked.from;
        Waiver waiver = new Waiver(
                Database.newId(),
                clause,
                asked.subjects.stream().map(DataId::parse).collect(Collectors.toSet()),
                new Actor(asked.owner),
                by,
                asked.reason,
                from,
                asked.until);
        if (!dryRun) {
            done(desk.journal.append(new WaiverGranted(waiver), by));
        }
        return said(waiver);
    }

    @GetMapping("/waivers")
    List<WaiverSaid> waivers() {
        Instant now = desk.clock.now();
        return desk.database.read(connection -> desk.state.waivers(connection, now)).stream()
                .map(ActsController::said)
                .toList();
    }

    @PostMapping("/secret/rotate")
    Secret rotate() throws IOException {
        return new Secret(secret.rotate());
    }

    private static WaiverSaid said(Waiver waiver) {
        return new WaiverSaid(
                waiver.id().toString(),
                waiver.clause().name(),
                waiver.subjects().stream().map(DataId::toString).sorted().toList(),
                waiver.owner().name(),
                waiver.reason(),
                waiver.from(),
                waiver.until());
    }

    static void done(Appended appended) {
        switch (appended) {
            case Appended.Done _ -> {}
            case Appended.Refused refused -> throw new Problem.Told(Problem.REFUSED, refused.why());
            case Appended.Unknown unknown ->
                throw new Problem.Told(Problem.UNKNOWN_OUTCOME, unknown.why() + "; look again, then repeat it");
        }
    }
}
