package holdfast.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A rendered page, read strictly: as XML once HTML's own void elements are closed, so that every tag must balance. */
record Rendered(String html, Document document) {
    private static final Pattern VOID = Pattern.compile("<(meta|link|br|wbr)((?:\\s[^>]*)?)>");
    private static final Set<String> KNOWN = Set.of("&ensp;", "&nbsp;");

    static Rendered of(String html) {
        String xml = VOID.matcher(html.replace("<!doctype html>", "")).replaceAll("<$1$2/>");
        for (String entity : KNOWN) {
            xml = xml.replace(entity, " ");
        }
        try {
            var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            builder.setErrorHandler(null);
            return new Rendered(html, builder.parse(new InputSource(new StringReader(xml))));
        } catch (Exception e) {
            throw new AssertionError("not well formed: " + e.getMessage() + "\n" + xml, e);
        }
    }

    List<Element> all(String tag) {
        NodeList nodes = document.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /** The page's words, with single spaces. */
    String text() {
        return document.getDocumentElement().getTextContent().replaceAll("[\\s\\u2002]+", " ");
    }

    /** What holds for every page (the guide, section 6). */
    void keepsTheGuide() {
        assertThat(html)
                .doesNotContain(" style=")
                .doesNotContainIgnoringCase("<script")
                .doesNotContain("javascript:");
        assertThat(Pattern.compile("\\son\\w+=").matcher(html).find()).isFalse();
        assertThat(all("h1")).hasSize(1);
        assertThat(all("th"))
                .allSatisfy(th -> assertThat(th.getAttribute("scope")).isNotEmpty());
        assertThat(all("svg"))
                .allSatisfy(svg -> assertThat(svg.getAttribute("aria-label") + svg.getAttribute("aria-hidden"))
                        .isNotEmpty());
        assertThat(all("table"))
                .allSatisfy(t -> assertThat(t.getElementsByTagName("caption").getLength())
                        .isEqualTo(1));
        noIdTwice();
        headingsSkipNoLevel();
        cellsAreLabelledByTheirColumn();
    }

    private void noIdTwice() {
        Set<String> seen = new HashSet<>();
        for (Element e : all("*")) {
            if (e.hasAttribute("id")) {
                assertThat(seen.add(e.getAttribute("id")))
                        .as(e.getAttribute("id"))
                        .isTrue();
            }
        }
    }

    private void headingsSkipNoLevel() {
        Matcher heading = Pattern.compile("<h([1-6])").matcher(html);
        int last = 0;
        while (heading.find()) {
            int level = Integer.parseInt(heading.group(1));
            assertThat(level).isLessThanOrEqualTo(last + 1);
            last = level;
        }
    }

    private void cellsAreLabelledByTheirColumn() {
        for (Element table : all("table")) {
            Set<String> columns = new HashSet<>();
            NodeList heads = ((Element) table.getElementsByTagName("thead").item(0)).getElementsByTagName("th");
            for (int i = 0; i < heads.getLength(); i++) {
                columns.add(heads.item(i).getTextContent());
            }
            NodeList cells = table.getElementsByTagName("td");
            for (int i = 0; i < cells.getLength(); i++) {
                assertThat(columns).contains(((Element) cells.item(i)).getAttribute("data-l"));
            }
        }
    }
}
