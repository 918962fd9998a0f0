package holdfast.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays what was once sent to the field's server and compares the answers: status, content type, error class, keys.
 * Rows that are answered otherwise stand in rucio/golden-exceptions.tsv, each with its reason; one that is answered as the
 * field's server does must not stand there any more.
 */
class GoldenTest {
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    @TempDir
    Path folder;

    @Test
    void everyGoldenRequestIsAnsweredAsTheFieldsServerDidOrIsListedWithTheReason() throws Exception {
        Map<String, String> exceptions = GoldenRow.exceptions();
        Map<String, String> remembered = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        List<String> strike = new ArrayList<>();
        try (RucioServer server = RucioServer.generic(folder)) {
            for (GoldenRow row : GoldenRow.all()) {
                server.house().attendant.step();
                HttpResponse<String> answer = row.send(server, remembered);
                Matcher id = ID.matcher(answer.body());
                if (!row.remembered().equals("-") && id.find()) {
                    remembered.put(row.remembered(), id.group());
                }
                String difference = row.difference(answer);
                boolean listed = exceptions.containsKey(row.number());
                if (difference.isEmpty() && listed) {
                    strike.add(row.toString());
                } else if (!difference.isEmpty() && !listed) {
                    wrong.add(row + ": " + difference);
                } else if (answer.statusCode() == 500) {
                    wrong.add(row + ": a defect, " + answer.body());
                }
            }
        }
        assertThat(wrong).as("answered otherwise, and not listed").isEmpty();
        assertThat(strike)
                .as("answered as the field's server does: strike them from golden-exceptions.tsv")
                .isEmpty();
    }
}
