package holdfast.cli.adopt;

import holdfast.formats.rucio.RucioAccount;
import holdfast.formats.rucio.RucioCollection;
import holdfast.formats.rucio.RucioContents;
import holdfast.formats.rucio.RucioElement;
import holdfast.formats.rucio.RucioFile;
import holdfast.formats.rucio.RucioLock;
import holdfast.formats.rucio.RucioRule;
import holdfast.formats.rucio.RucioScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is sent to the server's adoption, and what it answers. */
final class Answers {
    private Answers() {}

    record ScopesAsked(String source, List<RucioScope> scopes, List<RucioAccount> accounts, List<RucioElement> rses) {}

    record ScopesTold(
            @Nullable List<ScopeMode> scopes,
            @Nullable List<Known> rses,
            @Nullable Added accounts,
            @Nullable List<Refusal> refused) {}

    record ScopeMode(String name, String mode, @Nullable Boolean isNew) {}

    record Known(String name, String known) {}

    record Added(long added, long known) {}

    record Refusal(String what, String name, String reason) {}

    record FilesAsked(String source, List<RucioFile> files) {}

    record FilesTold(Became files, Became copies, @Nullable List<Conflict> conflicts) {}

    record CollectionsAsked(String source, List<RucioCollection> collections) {}

    record CollectionsTold(Became collections, @Nullable List<Conflict> conflicts) {}

    record ContentsAsked(String source, List<RucioContents> contents) {}

    record ContentsTold(Became contents, @Nullable List<Conflict> conflicts) {}

    record RulesAsked(String source, List<RucioRule> rules) {}

    record RulesTold(Became rules, @Nullable List<Conflict> conflicts) {}

    record LocksAsked(String source, List<RucioLock> locks) {}

    record LocksTold(Became locks, @Nullable List<Conflict> conflicts) {}

    /** What became of what was sent; a content is attached where others are registered. */
    record Became(
            @Nullable Long registered,
            @Nullable Long attached,
            @Nullable Long known,
            @Nullable Long left) {

        long fresh() {
            return (registered == null ? 0 : registered) + (attached == null ? 0 : attached);
        }

        long before() {
            return known == null ? 0 : known;
        }

        long notTaken() {
            return left == null ? 0 : left;
        }
    }
}
