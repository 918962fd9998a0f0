package holdfast.server.drivers.webdav;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads the answer to a PROPFIND (RFC 4918, section 14.16) as a stream: memory does not grow with a folder. */
final class Multistatus {
    private static final String DAV = "DAV:";

    private final Place place;
    private final Dialect dialect;
    private final Consumer<Resource> each;
    private @Nullable String href;
    private boolean isFolder;
    private long size;
    private Optional<Instant> modified = Optional.empty();

    private Multistatus(Place place, Dialect dialect, Consumer<Resource> each) {
        this.place = place;
        this.dialect = dialect;
        this.each = each;
    }

    /**
     * Hands out each resource of an answer.
     *
     * @throws IOException when the text is cut off, is no XML, or names things outside the element
     */
    static void read(InputStream body, Place place, Dialect dialect, Consumer<Resource> each) throws IOException {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(body);
            new Multistatus(place, dialect, each).read(reader);
        } catch (XMLStreamException e) {
            throw new IOException("an answer to PROPFIND is no whole XML: " + firstLine(e.getMessage()), e);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private void read(XMLStreamReader reader) throws XMLStreamException, IOException {
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT && DAV.equals(reader.getNamespaceURI())) {
                begin(reader);
            } else if (event == XMLStreamConstants.END_ELEMENT && is(reader, "response")) {
                end();
            }
        }
    }

    private void begin(XMLStreamReader reader) throws XMLStreamException {
        switch (reader.getLocalName()) {
            case "response" -> {
                href = null;
                isFolder = false;
                size = 0;
                modified = Optional.empty();
            }
            case "href" -> href = reader.getElementText().strip();
            case "collection" -> isFolder = true;
            case "iscollection" ->
                isFolder = isFolder || reader.getElementText().strip().equals("1");
            case "getcontentlength" -> size = number(reader.getElementText().strip());
            case "getlastmodified" -> modified = time(reader.getElementText().strip());
            default -> {
                // Properties that we have no use for.
            }
        }
    }

    private void end() throws IOException {
        if (href == null) {
            throw new IOException("an answer to PROPFIND names a resource without its address");
        }
        String path = place.below(href, dialect);
        if (path == null) {
            throw new IOException("an answer to PROPFIND names something outside the element: " + href);
        }
        String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        each.accept(new Resource(plain, isFolder, isFolder ? 0 : size, modified));
    }

    private static boolean is(XMLStreamReader reader, String name) {
        return reader.getLocalName().equals(name) && DAV.equals(reader.getNamespaceURI());
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
