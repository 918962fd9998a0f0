package holdfast.server.crash;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.judgement.ClauseVerdict;
import holdfast.judgement.Holding;
import holdfast.judgement.Verdict;
import holdfast.server.config.OpenHouse;
import holdfast.server.keeping.Auditor.Audit;
import holdfast.storage.StorageDriver;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What must hold after a kill and a restart, whatever was cut off. Collects what does not. */
final class Invariants {
    private final OpenHouse house;
    private final Path folder;
    private final List<String> broken = new ArrayList<>();

    Invariants(OpenHouse house, Path folder) {
        this.house = house;
        this.folder = folder;
    }

    List<String> broken() {
        return broken;
    }

    /** Every fact that was acknowledged is in the journal, every file registered, every durable write there. */
    void nothingAcknowledgedIsLost(Child.Heard heard) throws IOException {
        Set<String> recorded = recorded();
        heard.entries.stream()
                .filter(id -> !recorded.contains(id))
                .forEach(id -> broken.add("an acknowledged fact is lost: entry " + id));
        for (DataId id : Scenario.files()) {
            if (heard.registered.contains(id.name())
                    && house.holding(id).flatMap(Holding::file).isEmpty()) {
                broken.add("a registered file is lost: " + id);
            }
        }
        Set<String> spoilt = new HashSet<>(Scenario.spoilt(folder));
        for (String written : heard.written) {
            String[] parts = written.split(" ", 2);
            StoragePath path = new StoragePath(parts[1]);
            StorageName element = new StorageName(parts[0]);
            boolean gone = spoilt.contains("elements/" + parts[0] + "/" + parts[1]) || isReleased(element, path);
            if (!gone && !(house.driver(element).look(path) instanceof StorageDriver.Seen.Present)) {
                broken.add("what was durable is gone: " + written + ": "
                        + house.driver(element).look(path));
            }
        }
    }

    private boolean isReleased(StorageName element, StoragePath path) {
        return house.copy(Scenario.SURPLUS, element)
                .filter(c -> c.path().equals(path) && !c.state().stands())
                .isPresent();
    }

    /** Only what two signed for is released, and in the end it is. */
    void onlyTheSurplusIsReleased() {
        for (DataId id : Scenario.files()) {
            for (CopyRow copy : house.holding(id).map(Holding::copies).orElse(List.of())) {
                boolean surplus = id.equals(Scenario.SURPLUS) && copy.storage().equals(Scenario.SPARE);
                if (surplus != (copy.state() == CopyState.RELEASED)) {
                    broken.add("%s at %s is %s".formatted(id, copy.storage(), copy.state()));
                }
            }
        }
    }

    private Set<String> recorded() {
        return house.database().read(connection -> {
            Set<String> ids = new HashSet<>();
            try (PreparedStatement select = connection.prepareStatement("select uuid::text from journal_entry");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getString(1));
                }
            }
            return ids;
        });
    }

    /** The rows are the journal folded, and so are the verdicts. */
    void theFoldGivesTheRows() {
        Audit audit = house.audit();
        if (!audit.agrees()) {
            broken.add("the rows are not the journal folded: " + audit.differences());
        }
        if (!audit.verdictsAgree()) {
            broken.add("the verdicts of the summaries are not those of the fold");
        }
    }

    /** Every copy that counts has its bytes; those that the scenario spoilt count until they are inspected. */
    void nothingCountsWithoutBytes() throws IOException {
        Set<String> spoilt = new HashSet<>(Scenario.spoilt(folder));
        for (DataId id : Scenario.files()) {
            for (CopyRow copy : house.holding(id).map(Holding::copies).orElse(List.of())) {
                String place = "elements/" + copy.storage() + "/" + copy.path().path();
                if (Scenario.counts(copy) && !spoilt.contains(place)) {
                    whole(id, copy).ifPresent(why -> broken.add("counts and is not whole: " + place + ": " + why));
                }
            }
        }
    }

    private Optional<String> whole(DataId id, CopyRow copy) {
        var driver = house.driver(copy.storage());
        driver.recall(List.of(copy.path()));
        try (InputStream in = driver.open(copy.path())) {
            Digest found = Digest.sha256(in.readAllBytes());
            Digest right = Digest.sha256(Scenario.bytes(id));
            return found.equals(right) ? Optional.empty() : Optional.of("its bytes are wrong");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } finally {
            driver.evict(List.of(copy.path()));
        }
    }

    /** A kill is no restore: nothing is held. */
    void noHoldBegan() {
        house.hold().ifPresent(hold -> broken.add("a hold began: " + hold.why()));
    }

    /** The work comes to its end: every clause over copies is met, and the last plan is in force. */
    void theWorkIsDone() {
        for (ClauseVerdict verdict : house.verdicts()) {
            Verdict right = verdict.clause().id().equals(Scenario.NOT_TOLD) ? Verdict.UNDETERMINED : Verdict.MET;
            if (!verdict.verdict().equals(Optional.of(right))) {
                broken.add("the work did not come to its end: " + verdict);
            }
        }
        for (DataId id : Scenario.files()) {
            long proved = house.holding(id).stream()
                    .flatMap(h -> h.copies().stream())
                    .filter(c -> c.state() == CopyState.PROVED && Scenario.WANTED.contains(c.storage()))
                    .count();
            if (proved != Scenario.WANTED.size()) {
                broken.add("%s has %d proved copies".formatted(id, proved));
            }
        }
        if (!house.planVersion().equals(Scenario.LAST_VERSION)
                || house.waivers().size() != 1) {
            broken.add("plan version " + house.planVersion() + " in force with "
                    + house.waivers().size() + " waivers");
        }
    }
}
