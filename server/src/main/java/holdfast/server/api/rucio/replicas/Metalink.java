package holdfast.server.api.rucio.replicas;

import holdfast.server.catalog.ReplicaLine;
import holdfast.server.catalog.ReplicaLine.Address;
import holdfast.server.catalog.ReplicaLine.Unpacking;
import holdfast.server.sql.FileWithCopies;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** Listed files as one metalink document (RFC 5854), with the field's own additions. */
final class Metalink implements ReplicaWriter {
    private final ByteText out;

    Metalink(OutputStream out) {
        this.out = new ByteText(out);
    }

    @Override
    public void begin() {
        text("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\">\n");
    }

    @Override
    public void end() {
        text("</metalink>\n");
        out.flush();
    }

    @Override
    public void write(ReplicaLine line) {
        FileWithCopies file = line.file();
        String did = escaped(file.scope() + ":" + file.name());
        text(" <file name=\"" + escaped(file.name()) + "\">\n");
        parents(file.parents());
        text("  <identity>" + did + "</identity>\n");
        hash("adler32", file.adler32());
        hash("md5", file.md5());
        text("  <size>" + file.bytes() + "</size>\n");
        text("  <glfn name=\"/generic/rucio/" + did + "\"></glfn>\n");
        List<Address> addresses = line.addresses();
        for (int i = 0; i < addresses.size(); i++) {
            Address address = addresses.get(i);
            text("  <url location=\"%s\" domain=\"%s\" priority=\"%s\" client_extract=\"%s\">%s</url>\n"
                    .formatted(
                            address.way().place().name(),
                            address.way().word(),
                            Integer.toString(i + 1),
                            address.way().unpacking() == Unpacking.BY_CLIENT,
                            escaped(address.pfn())));
        }
        text(" </file>\n");
    }

    /** Whoever downloads a dataset tells its files by these. */
    private void parents(List<String> dids) {
        if (!dids.isEmpty()) {
            text("  <parents>\n");
            dids.forEach(did -> text("   <did>" + escaped(did) + "</did>\n"));
            text("  </parents>\n");
        }
    }

    private void hash(String type, Optional<String> hex) {
        hex.ifPresent(value -> text("  <hash type=\"" + type + "\">" + value + "</hash>\n"));
    }

    private void text(String text) {
        out.add(ByteText.bytes(text));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
