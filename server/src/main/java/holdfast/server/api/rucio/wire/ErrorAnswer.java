package holdfast.server.api.rucio.wire;

/** Errors as the official client reads them: from the body, else from two headers. */
final class ErrorAnswer {
    private static final int LONGEST_HEADER = 125;
    private static final int NOT_FOUND = 404;
    private static final int OTHER_METHOD = 405;

    private ErrorAnswer() {}

    static Answer of(RucioError error) {
        return Answer.of(error.status(), Answer.OCTETS, out -> {
                    JsonOut json = JsonOut.to(out);
                    json.begin()
                            .put("ExceptionClass", error.kind())
                            .put("ExceptionMessage", error.text())
                            .end();
                    json.end(false);
                })
                .with("ExceptionClass", error.kind())
                .with("ExceptionMessage", header(error.text()));
    }

    /** One line of printable ASCII, cut short. */
    private static String header(String message) {
        String cut = message.length() <= LONGEST_HEADER ? message : message.substring(0, LONGEST_HEADER) + "...";
        StringBuilder line = new StringBuilder();
        cut.chars().forEach(c -> line.append(c == '\n' || c == '\r' ? ' ' : c >= ' ' && c < 127 ? (char) c : '?'));
        return line.toString();
    }

    static Answer notFound() {
        return Answer.text(NOT_FOUND, Answer.HTML, """
                <!doctype html>
                <html lang=en>
                <title>404 Not Found</title>
                <h1>Not Found</h1>
                <p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>
                """);
    }

    static Answer otherVerbs(String allowed) {
        return Answer.text(OTHER_METHOD, Answer.HTML, """
                <!doctype html>
                <html lang=en>
                <title>405 Method Not Allowed</title>
                <h1>Method Not Allowed</h1>
                <p>The method is not allowed for the requested URL.</p>
                """).with("Allow", allowed);
    }
}
