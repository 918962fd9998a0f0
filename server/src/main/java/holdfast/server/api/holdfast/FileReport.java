package holdfast.server.api.holdfast;

import holdfast.catalog.CopyRow;
import holdfast.catalog.FileRow;
import holdfast.formats.VerdictReport.ReasonReport;
import holdfast.judgement.CopyStanding;
import holdfast.judgement.Reason;
import holdfast.server.work.Explainer;
import holdfast.server.work.Explainer.Explained;
import holdfast.storage.StorageElement;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.Digest.Algorithm;
import holdfast.vocabulary.StorageName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One file explained, as JSON. */
record FileReport(
        String did,
        @Nullable Long size,
        @Nullable String classId,
        @Nullable Integer level,
        Map<String, String> digests,
        @Nullable String digestOrigin,
        Map<String, String> attributes,
        @Nullable String source,
        @Nullable String run,
        @Nullable String archive,
        @Nullable String publishedBy,
        @Nullable String publishedFrom,
        List<Copy> copies,
        List<Wanted> wanted,
        List<String> unmet,
        String next,
        List<Short> clauses) {

    record Copy(
            String storage,
            @Nullable String site,
            String state,
            String standing,
            String path,
            @Nullable String locator,
            @Nullable Instant provedAt,
            @Nullable String proofKind,
            Instant since,
            @Nullable String finding,
            List<ReasonReport> reasons) {}

    record Wanted(
            String storage,
            String reason,
            int attempts,
            @Nullable Instant dueAt,
            @Nullable String problem) {}

    record Short(String clause, String verdict, boolean arriving, Instant since, List<ReasonReport> reasons) {}

    static FileReport of(Explained e) {
        Optional<FileRow> file = e.holding().file();
        return new FileReport(
                e.holding().id().toString(),
                file.map(f -> f.size().bytes()).orElse(null),
                file.flatMap(FileRow::belongs).map(b -> b.classId().name()).orElse(null),
                file.flatMap(FileRow::belongs).map(b -> b.level().number()).orElse(null),
                file.map(FileReport::digests).orElse(Map.of()),
                file.map(f -> f.digestOrigin().name()).orElse(null),
                file.map(f -> f.attributes().values()).orElse(Map.of()),
                file.map(f -> f.source().name() + ", " + f.source().state()).orElse(null),
                e.holding().expected().map(x -> x.run().toString()).orElse(null),
                e.archive().map(DataId::toString).orElse(null),
                e.publication().map(p -> p.act().toString()).orElse(null),
                e.publication()
                        .flatMap(Explainer.Publication::from)
                        .map(DataId::toString)
                        .orElse(null),
                e.copies().stream().map(FileReport::copy).toList(),
                e.wanted().stream()
                        .map(w -> new Wanted(
                                w.to().name(),
                                w.reason(),
                                w.attempts(),
                                w.dueAt().orElse(null),
                                w.problem().orElse(null)))
                        .toList(),
                e.placement().unmet(),
                e.next(),
                e.shortfalls().stream()
                        .map(s -> new Short(
                                s.clause().name(),
                                s.failing().verdict().name(),
                                s.arriving(),
                                s.since(),
                                reasons(s.failing().reasons())))
                        .toList());
    }

    static List<ReasonReport> reasons(List<Reason> reasons) {
        return reasons.stream()
                .map(r -> new ReasonReport(r.code().name(), r.where().map(StorageName::name), r.text()))
                .toList();
    }

    private static Map<String, String> digests(FileRow file) {
        Map<String, String> digests = new TreeMap<>();
        for (Algorithm algorithm : Algorithm.values()) {
            file.digests().by(algorithm).ifPresent(d -> digests.put(algorithm.label(), d.hex()));
        }
        return digests;
    }

    private static Copy copy(CopyStanding standing) {
        CopyRow copy = standing.copy();
        return new Copy(
                copy.storage().name(),
                standing.element().map(StorageElement::site).map(s -> s.name()).orElse(null),
                copy.state().name(),
                standing.word().name(),
                copy.path().path(),
                copy.locator().map(l -> l.text()).orElse(null),
                copy.proof().map(CopyRow.Proof::at).orElse(null),
                copy.proof().map(p -> p.kind().name()).orElse(null),
                copy.since(),
                copy.finding().orElse(null),
                reasons(standing.reasons()));
    }
}
