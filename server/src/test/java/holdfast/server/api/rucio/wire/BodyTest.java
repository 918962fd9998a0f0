package holdfast.server.api.rucio.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Bodies in, JSON out. */
class BodyTest {

    private static JsonNode read(byte[] bytes) {
        return Body.read(new ByteArrayInputStream(bytes)).tree("dictionary");
    }

    private static JsonNode read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Parameters parameters(String text) {
        return new Parameters(read(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":",
                "{} {}",
                "{'a': 1}",
                "{\"a\": NaN}",
                "[1,]",
                "nul",
                "{\"a\": \"\\ud800\"}",
                "{\"a\": \"\\udc00\\ud800\"}",
                "{\"a\": \"\\ud800x\"}",
                "{\"a\": \"\\u0000\"}",
                "\ufeff{}",
                "{\"a\": \"\t\"}"
            })
    void whatIsNoCleanJsonIsRefusedAsTheClientKnowsIt(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(RucioError.class, e -> {
            assertThat(e.status()).isEqualTo(400);
            assertThat(e.kind()).isEqualTo("ValueError");
            assertThat(e).hasMessage("cannot decode json parameter dictionary");
        });
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        for (int[] bad : new int[][] {
            {0xC0, 0xAF},
            {0xC1, 0x81},
            {0xE0, 0x80, 0x80},
            {0xED, 0xA0, 0x80},
            {0xF0, 0x80, 0x80, 0x80},
            {0xF4, 0x90, 0x80, 0x80},
            {0xF5, 0x80, 0x80, 0x80},
            {0x80},
            {0xFF},
            {0xC3},
            {0xE2, 0x82},
            {0}
        }) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes("{\"a\":\"".getBytes(StandardCharsets.US_ASCII));
            for (int b : bad) {
                body.write(b);
            }
            body.writeBytes("\"}".getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> read(body.toByteArray())).isInstanceOf(RucioError.class);
        }
        for (String good : List.of("é", "日本", "😀", "\\ud83d\\ude00", "\\\\ud800", "a\\n")) {
            assertThat(read("{\"a\":\"" + good + "\"}").get("a").isString())
                    .as(good)
                    .isTrue();
        }
    }

    @Test
    void depthAndLengthsHaveLimits() {
        assertThat(read("[".repeat(100) + "]".repeat(100)).isArray()).isTrue();
        for (String bad : List.of(
                "[".repeat(101) + "]".repeat(101),
                "[".repeat(1_000_000),
                "{\"" + "k".repeat(10_000) + "\":1}",
                "{\"a\":\"" + "x".repeat(2_000_000) + "\"}",
                "{\"a\":" + "1".repeat(1_000) + "}")) {
            assertThatThrownBy(() -> read(bad)).isInstanceOf(RucioError.class);
        }
    }

    @Test
    void aBulkCallOfTenThousandFilesPasses() {
        StringBuilder files = new StringBuilder("{\"rse\": \"X\", \"files\": [");
        for (int i = 0; i < 10_000; i++) {
            files.append(i == 0 ? "" : ", ")
                    .append("{\"scope\": \"mc\", \"name\": \"/lab/")
                    .append("x".repeat(120))
                    .append(i)
                    .append("\", \"bytes\": 1, \"adler32\": \"00000001\", \"meta\": {\"events\": 3}}");
        }
        assertThat(parameters(files + "]}").list("files")).hasSize(10_000);
    }

    @Test
    void whatIsMissingOrOfAnotherKindIsTold() {
        Parameters sent =
                parameters("{\"a\": 1, \"t\": \"x\", \"n\": null, \"l\": [1], \"f\": 1.5, \"big\": 1e30, \"w\": 3.0}");
        assertThatThrownBy(() -> sent.text("rse"))
                .isInstanceOfSatisfying(
                        RucioError.class, e -> assertThat(e.kind()).isEqualTo("KeyError"))
                .hasMessage("'rse' not defined");
        assertThatThrownBy(() -> sent.text("n")).hasMessage("'n' not defined");
        for (Runnable wrong : List.<Runnable>of(
                () -> sent.text("a"),
                () -> sent.number("t"),
                () -> sent.number("f"),
                () -> sent.number("big"),
                () -> sent.flag("a", false),
                () -> sent.list("a"),
                () -> sent.list("l"),
                () -> sent.texts("l"),
                () -> sent.maybeObject("l"))) {
            assertThatThrownBy(wrong::run)
                    .isInstanceOfSatisfying(
                            RucioError.class, e -> assertThat(e.kind()).isEqualTo("TypeError"));
        }
        assertThat(sent.number("w")).isEqualTo(3);
        assertThat(sent.has("n")).isTrue();
        assertThat(sent.maybeText("n")).isEmpty();
        assertThat(sent.maybeList("none")).isEmpty();
    }

    @Test
    void valuesAreWrittenAsTheClientReadsThem() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonOut out = JsonOut.to(bytes);
        UUID id = UUID.fromString("b87f9f68-1726-45af-a2b6-9fb4c6246520");
        out.begin()
                .put("at", Instant.parse("2026-11-22T18:05:22.9Z"))
                .put("id", id)
                .put("state", Support.NOT_YET)
                .put("none", Optional.empty())
                .put("list", List.of(1, "b", Map.of("k", true)))
                .putNull("nothing")
                .end();
        out.begin().put("n", 2L).end();
        out.end(true);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        {"at":"Sun, 22 Nov 2026 18:05:22 UTC","id":"b87f9f68172645afa2b69fb4c6246520","state":"NOT_YET",\
                        "none":null,"list":[1,"b",{"k":true}],"nothing":null}
                        {"n":2}
                        """);
        assertThat(Ids.read("b87f9f68172645afa2b69fb4c6246520")).hasValue(id);
        assertThat(Ids.read(id.toString())).hasValue(id);
        assertThat(Ids.read("b87f")).isEmpty();
        assertThat(Dates.read("Sun, 22 Nov 2026 18:05:22 UTC")).isEqualTo(Instant.parse("2026-11-22T18:05:22Z"));
        assertThat(Dates.read("2026-11-22 18:05:22")).isEqualTo(Dates.read("2026-11-22T18:05:22"));
        assertThatThrownBy(() -> Dates.read("yesterday")).isInstanceOf(RucioError.class);
    }

    @Test
    void aStreamWithoutLinesIsEmpty() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Answer.lines(List.<String>of(), JsonOut::value).content().to(bytes);
        assertThat(bytes.size()).isZero();
    }
}
