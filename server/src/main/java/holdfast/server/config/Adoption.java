package holdfast.server.config;

import holdfast.access.AccessPolicy;
import holdfast.custody.InForce;
import holdfast.formats.PlanFile;
import holdfast.formats.PolicyFile;
import holdfast.formats.SitesFile;
import holdfast.ingest.NamingPolicy;
import holdfast.journal.Journal.Appended;
import holdfast.plan.Plan;
import holdfast.plan.PlanDiff;
import holdfast.plan.PlanFact.PlanAdopted;
import holdfast.plan.Sites;
import holdfast.server.sql.Database;
import holdfast.server.sql.Memory;
import holdfast.server.sql.SqlJournal;
import holdfast.server.sql.State;
import holdfast.transfer.Shares;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.Digest;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The plan, sites and policy in force. They are what was adopted last, from the journal; a changed file is never picked
 * up by itself: adopting it is an act with a fact of its own.
 */
public final class Adoption implements Supplier<InForce> {
    private static final Logger LOG = System.getLogger(Adoption.class.getName());
    private static final Actor ADMINISTRATOR = new Actor("administrator");
    private static final String FIRST = "first-adoption";

    private final Database database;
    private final State state;
    private final SqlJournal journal;
    private final AtomicReference<InForce> inForce = new AtomicReference<>();

    private final AtomicReference<Access> access =
            new AtomicReference<>(new Access(Optional.empty(), AccessPolicy.GENERIC, Shares.EVEN));

    /** @param digest of the policy file that says so */
    private record Access(Optional<Digest> digest, AccessPolicy policy, Shares shares) {}

    /** The texts of the three files. */
    public record Texts(String plan, String sites, String policy) {
        static Texts of(Options.Files files) throws IOException {
            return new Texts(
                    Files.readString(files.plan()), Files.readString(files.sites()), Files.readString(files.policy()));
        }
    }

    public Adoption(Database database, State state, SqlJournal journal) {
        this.database = database;
        this.state = state;
        this.journal = journal;
    }

    /** Reads what is in force, or adopts the files given when nothing is yet. */
    public void begin(Optional<Options.Files> files) throws IOException {
        Optional<PlanAdopted> adopted = database.read(state::adopted);
        if (adopted.isPresent()) {
            Texts texts = texts(adopted.get());
            inForce.set(read(texts));
            if (files.isPresent() && !Texts.of(files.get()).equals(texts)) {
                LOG.log(
                        Level.WARNING,
                        "the files differ from what is in force (plan version {0}); look with `holdfast plan diff`,"
                                + " then `holdfast plan adopt`",
                        adopted.get().planVersion());
            }
            return;
        }
        Options.Files first = files.orElseThrow(() -> new Options.BadOption(
                "no plan is in force yet; give one at the first start: --plan FILE\n" + Options.USAGE));
        adoptFirst(Texts.of(first));
    }

    /** Of several nodes that start on an empty database one adopts; the others take what it adopted. */
    private void adoptFirst(Texts texts) {
        Plan plan = read(texts).plan();
        PlanAdopted fact = new PlanAdopted(plan.version(), plan.digest(), texts.plan(), texts.sites(), texts.policy());
        journal.append(
                ADMINISTRATOR,
                connection -> Memory.isFirst(connection, FIRST, plan.version(), Instant.EPOCH)
                        ? Optional.of(fact)
                        : Optional.empty());
        PlanAdopted stands = database.read(state::adopted)
                .orElseThrow(() -> new IllegalStateException(
                        "not known whether the plan was adopted: the database did not answer; start again"));
        inForce.set(read(texts(stands)));
    }

    /** Who may do what, by the policy in force. */
    AccessPolicy access() {
        return said().policy;
    }

    /** How activities share the roads, by the policy in force. */
    Shares shares() {
        return said().shares;
    }

    /** The parts of the policy file that no judgement needs; read once for each file. */
    private Access said() {
        Digest now = inForce.get().naming().digest();
        Access known = access.get();
        if (!known.digest.equals(Optional.of(now))) {
            String text = texts().policy();
            known = new Access(
                    Optional.of(now),
                    PolicyFile.access(text, "policy file").orThrow(),
                    PolicyFile.shares(text, "policy file").orThrow());
            access.set(known);
        }
        return known;
    }

    /** Reads three texts as a plan with its sites and policy; refused with every finding when they are not. */
    public static InForce read(Texts texts) {
        Sites sites = SitesFile.read(texts.sites(), "sites file").orThrow();
        NamingPolicy policy = PolicyFile.read(texts.policy(), "policy file").orThrow();
        Plan plan = PlanFile.read(texts.plan(), "plan file", sites).orThrow();
        return new InForce(plan, sites, policy);
    }

    /** What these texts ask for less than those in force; nothing where they only tighten, or say the same. */
    public List<String> loosenedBy(Texts texts) {
        InForce next = read(texts);
        InForce now = inForce.get();
        return Stream.concat(
                        PlanDiff.between(now.plan(), next.plan()).stream(),
                        PlanDiff.between(now.sites(), next.sites()).stream())
                .filter(c -> c.direction().loosens())
                .map(c -> c.subject() + " " + c.says())
                .toList();
    }

    /** Adopts a plan: from now on verdicts are taken against it, and everything is attended again. */
    public InForce adopt(Texts texts, Actor who) {
        InForce next = read(texts);
        Plan plan = next.plan();
        Appended appended = journal.append(
                new PlanAdopted(plan.version(), plan.digest(), texts.plan(), texts.sites(), texts.policy()), who);
        if (appended instanceof Appended.Unknown unknown) {
            throw new IllegalStateException(
                    "not known whether the plan was adopted: " + unknown.why() + "; look again");
        }
        inForce.set(next);
        return next;
    }

    /** Reads again what is in force, when another node adopted something since. */
    public void refresh() {
        PlanAdopted adopted = database.read(state::adopted).orElseThrow();
        InForce now = inForce.get();
        boolean same = adopted.digest().equals(now.plan().digest())
                && digest(adopted.sitesText()).equals(now.sites().digest())
                && digest(adopted.policyText()).equals(now.naming().digest());
        if (!same) {
            inForce.set(read(texts(adopted)));
        }
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The texts in force. */
    public Texts texts() {
        return texts(database.read(state::adopted).orElseThrow());
    }

    static Texts texts(PlanAdopted adopted) {
        return new Texts(adopted.planText(), adopted.sitesText(), adopted.policyText());
    }

    @Override
    public InForce get() {
        return inForce.get();
    }
}
