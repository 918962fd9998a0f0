package holdfast.cli.adopt;

import holdfast.formats.rucio.RucioAnswers;
import holdfast.formats.rucio.RucioContents;
import holdfast.formats.rucio.RucioDid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads what some collections hold, collection by collection, and hands it on as soon as one call is full. */
final class ContentsReader {
    private final RucioWire wire;
    private final Consumer<List<RucioContents>> to;
    private final List<RucioContents> gathered = new ArrayList<>();
    private int children;

    private ContentsReader(RucioWire wire, Consumer<List<RucioContents>> to) {
        this.wire = wire;
        this.to = to;
    }

    static Portion<RucioContents> of(RucioWire wire, List<RucioDid> collections) {
        return to -> {
            ContentsReader reader = new ContentsReader(wire, to);
            collections.forEach(reader::read);
            reader.handOn();
        };
    }

    private void read(RucioDid of) {
        String path = RucioWire.path("dids", of.scope(), of.name(), "dids");
        try (AnswerLines lines = wire.lines(path)) {
            while (lines.hasNext()) {
                List<RucioDid> some = new ArrayList<>();
                while (children < Portion.MOST && lines.hasNext()) {
                    some.add(RucioAnswers.did(RucioAnswers.row(lines.next(), lines.call())));
                    children++;
                }
                gathered.add(new RucioContents(of.scope(), of.name(), some));
                if (children == Portion.MOST) {
                    handOn();
                }
            }
        } catch (IOException broken) {
            throw RucioWire.brokenOff("GET " + path, broken);
        }
    }

    private void handOn() {
        if (!gathered.isEmpty()) {
            to.accept(List.copyOf(gathered));
            gathered.clear();
            children = 0;
        }
    }
}
