package holdfast.server.config;

import holdfast.server.keeping.AuditRound;
import holdfast.server.work.Deference;
import holdfast.server.work.Rounds;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.StorageName;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** When each kind of a node's work goes round: those of the whole house, and those of each element that the sites file names. */
final class Timetable implements AutoCloseable {
    /** Copies that set out in one turn. */
    private static final int BATCH = 200;

    private final House house;
    private final Deference whileBusy;
    private final Rounds rounds = new Rounds();

    /** Elements whose rounds go; one round only looks for new ones. */
    private final Set<StorageName> begun = new HashSet<>();

    Timetable(House house) {
        this.house = house;
        whileBusy = new Deference(() -> house.intake.isTaking() || house.bustle.isOn(), Duration.ofSeconds(2));
    }

    void begin() {
        rounds.begin("attend", Duration.ofMillis(200), whileBusy.giveWay(house.attendant::step));
        rounds.begin("journal", Duration.ofMillis(500), house.keeper::step);
        look("watch", Duration.ofSeconds(1), house.watcher::step);
        rounds.begin("release", Duration.ofSeconds(2), house.releases::step);
        rounds.begin("publish", Duration.ofSeconds(2), house.publishing::step);
        look("removals of sites", Duration.ofSeconds(10), house.siteRemovals::step);
        rounds.begin("subscriptions", Duration.ofSeconds(2), house.subscriptionRound::step);
        rounds.begin("expiry", Duration.ofSeconds(5), house.expiry::step);
        look("recalls", Duration.ofSeconds(30), house.recalls::goOn);
        rounds.begin("rules", Duration.ofMillis(500), house.ruleKeeper::step);
        look("rules-stuck", Duration.ofMinutes(5), house.ruleKeeper::retry);
        look("hold", Duration.ofSeconds(10), house.holdWatch::look);
        AuditRound audits = new AuditRound(house.auditor, house.leases, house.memory, house.clock, House.LEASE);
        look("audit", Duration.ofMinutes(1), audits::step);
        look("alarm", Duration.ofSeconds(15), house.alarms.round::step);
        rounds.begin("deliver", Duration.ofSeconds(2), house.alarms.deliveries::step);
        look("members", Duration.ofSeconds(10), house.people.round::step);
        look("elements", Duration.ofSeconds(2), () -> {
            house.adoption.refresh();
            beginElements();
        });
    }

    /** Something that is done once in each pause, however much it finds to do. */
    @FunctionalInterface
    private interface Look {
        void take() throws Exception;
    }

    private void look(String name, Duration pause, Look look) {
        rounds.begin(name, pause, () -> {
            look.take();
            return 0;
        });
    }

    /** Begins the rounds of elements that have none yet: at the start, and when another sites file was adopted. */
    private void beginElements() {
        for (StorageElement element : house.adoption.get().sites().all()) {
            if (begun.add(element.name())) {
                begin(element.name());
            }
        }
    }

    private void begin(StorageName name) {
        rounds.begin("move-" + name, Duration.ofMillis(250), whileBusy.giveWay(() -> move(name)));
        // One round, for on tape each of them lets go of what it recalled, the planted files too.
        rounds.begin(
                "inspect-" + name,
                Duration.ofMillis(250),
                () -> house.fixity.step(name)
                        + (house.drills.step(name) ? 1 : 0)
                        + (house.listing.step(name).isPresent() ? 1 : 0)
                        + house.openers.step(name).size());
        look("probe-" + name, Duration.ofSeconds(10), () -> house.doors.step(name));
    }

    private int move(StorageName name) {
        int most = Math.min(
                house.transferLimits.most(name, BATCH),
                house.adoption.get().sites().roads().to(name));
        return most == 0 ? 0 : house.mover.step(name, most);
    }

    /** Ends all rounds after the turn each is in. */
    @Override
    public void close() {
        rounds.close();
    }
}
