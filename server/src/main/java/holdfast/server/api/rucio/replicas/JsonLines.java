package holdfast.server.api.rucio.replicas;

import holdfast.server.api.rucio.wire.Ids;
import holdfast.server.catalog.ReplicaLine;
import holdfast.server.catalog.ReplicaLine.Address;
import holdfast.server.catalog.ReplicaLine.Held;
import holdfast.server.catalog.ReplicaLine.Unpacking;
import holdfast.server.catalog.ReplicaLine.Way;
import holdfast.server.catalog.ReplicaPlace;
import holdfast.server.catalog.ReplicaState;
import holdfast.server.sql.FileWithCopies;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One JSON object a line for each file, written by hand: listing is what clients wait for most. */
final class JsonLines implements ReplicaWriter {
    private static final byte[] SCOPE = ByteText.bytes("{\"scope\":");
    private static final byte[] NAME = ByteText.bytes(",\"name\":");
    private static final byte[] BYTES = ByteText.bytes(",\"bytes\":");
    private static final byte[] MD5 = ByteText.bytes(",\"md5\":");
    private static final byte[] ADLER32 = ByteText.bytes(",\"adler32\":");
    private static final byte[] PFNS = ByteText.bytes(",\"pfns\":{");
    private static final byte[] RSES = ByteText.bytes("},\"rses\":{");
    private static final byte[] STATES = ByteText.bytes("},\"states\":{");
    private static final byte[] PARENTS = ByteText.bytes("},\"parents\":[");
    private static final byte[] END = ByteText.bytes("}}\n");
    private static final byte[] END_OF_LIST = ByteText.bytes("]}\n");
    private static final byte[] NULL = ByteText.bytes("null");
    private static final byte[] COMMA = ByteText.bytes(",");
    private static final byte[] COLON = ByteText.bytes(":");
    private static final byte[] BEGIN_LIST = ByteText.bytes(":[");
    private static final byte[] LIST = ByteText.bytes("]");

    private final ByteText out;
    private final boolean parents;
    private final Map<String, byte[]> words = new HashMap<>();
    private final Map<Way, byte[]> ways = new IdentityHashMap<>();
    private final Map<ReplicaPlace, byte[]> places = new IdentityHashMap<>();
    private final Map<ReplicaState, byte[]> states = new HashMap<>();

    /** @param parents whether each line names the collections that hold its file */
    JsonLines(OutputStream out, boolean parents) {
        this.out = new ByteText(out);
        this.parents = parents;
    }

    @Override
    public void begin() {}

    @Override
    public void end() {
        out.flush();
    }

    @Override
    public void write(ReplicaLine line) {
        FileWithCopies file = line.file();
        out.add(SCOPE).add(words.computeIfAbsent(file.scope(), ByteText::escaped));
        out.add(NAME).quoted(file.name()).add(BYTES).add(file.bytes());
        digest(MD5, file.md5());
        digest(ADLER32, file.adler32());
        pfns(line.addresses());
        rses(line);
        states(line.held());
        if (parents) {
            out.add(PARENTS);
            for (int i = 0; i < file.parents().size(); i++) {
                next(i).quoted(file.parents().get(i));
            }
            out.add(END_OF_LIST);
        } else {
            out.add(END);
        }
    }

    private void digest(byte[] key, Optional<String> hex) {
        out.add(key);
        if (hex.isPresent()) {
            out.quoted(hex.get());
        } else {
            out.add(NULL);
        }
    }

    private void pfns(List<Address> addresses) {
        out.add(PFNS);
        for (int i = 0; i < addresses.size(); i++) {
            Address address = addresses.get(i);
            next(i).quoted(address.pfn());
            out.add(ways.computeIfAbsent(address.way(), JsonLines::way)).add(i + 1);
            out.add(address.way().unpacking() == Unpacking.BY_CLIENT ? EXTRACT : TAIL);
        }
    }

    private static final byte[] EXTRACT = ByteText.bytes(",\"client_extract\":true}");
    private static final byte[] TAIL = ByteText.bytes(",\"client_extract\":false}");

    private static byte[] way(Way way) {
        return ByteText.bytes(
                ":{\"rse_id\":\"%s\",\"rse\":\"%s\",\"type\":\"%s\",\"volatile\":%s,\"domain\":\"%s\",\"priority\":"
                        .formatted(
                                Ids.text(way.place().id()),
                                way.place().name(),
                                way.place().isTape() ? "TAPE" : "DISK",
                                way.place().rse().isVolatile(),
                                way.word()));
    }

    /** Under each element its addresses; an element without one, such as that of an order, has none. */
    private void rses(ReplicaLine line) {
        out.add(RSES);
        List<Held> held = line.held();
        for (int i = 0; i < held.size(); i++) {
            ReplicaPlace place = held.get(i).place();
            next(i).add(word(place)).add(BEGIN_LIST);
            int count = 0;
            for (Address address : line.addresses()) {
                if (address.way().place() == place) {
                    next(count++).quoted(address.pfn());
                }
            }
            out.add(LIST);
        }
    }

    private void states(List<Held> held) {
        out.add(STATES);
        for (int i = 0; i < held.size(); i++) {
            next(i).add(word(held.get(i).place())).add(COLON);
            out.add(states.computeIfAbsent(held.get(i).state(), s -> ByteText.escaped(s.name())));
        }
    }

    private byte[] word(ReplicaPlace place) {
        return places.computeIfAbsent(place, p -> ByteText.escaped(p.name().name()));
    }

    private ByteText next(int i) {
        return i == 0 ? out : out.add(COMMA);
    }
}
