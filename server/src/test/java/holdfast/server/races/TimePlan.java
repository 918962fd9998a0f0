package holdfast.server.races;

import holdfast.server.config.Adoption.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** The plan of the histories with limits drawn by a seed: every span of time in it, by its word. */
record TimePlan(Texts texts, List<Duration> limits) {

    static TimePlan of(String version, Random random) throws IOException {
        Map<String, String> words = new TreeMap<>();
        words.put("GRACE", 24 + random.nextInt(72) + " h");
        words.put("READ_BACK", 3 + random.nextInt(7) + " d");
        words.put("PROOF_DISK", 20 + random.nextInt(80) + " d");
        words.put("PROOF_TAPE", 100 + random.nextInt(600) + " d");
        words.put("SILENCE", 6 + random.nextInt(40) + " h");
        words.put("DOWNTIME", 4 + random.nextInt(20) + " d");
        words.put("REGISTER", 12 + random.nextInt(48) + " h");
        words.put("DRILL", 30 + random.nextInt(80) + " d");
        words.put("SKEW", 1 + random.nextInt(9) + " min");
        words.put("CHECK_DISK", 20 + random.nextInt(80) + " d");
        words.put("CHECK_TAPE", 100 + random.nextInt(600) + " d");
        words.put("LISTED", 2 + random.nextInt(9) + " d");
        words.put("AUDITED", 2 + random.nextInt(9) + " d");
        words.put("HEAD", 5 + random.nextInt(40) + " h");
        String plan = text("plan.yaml").replace("VERSION", version);
        for (Map.Entry<String, String> word : words.entrySet()) {
            plan = plan.replaceAll("\\b" + word.getKey() + "\\b", word.getValue());
        }
        return new TimePlan(
                new Texts(plan, text("sites.yaml"), text("policy.yaml")),
                words.values().stream().map(TimePlan::span).toList());
    }

    private static Duration span(String words) {
        String[] parts = words.split(" ");
        long number = Long.parseLong(parts[0]);
        return switch (parts[1]) {
            case "d" -> Duration.ofDays(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofMinutes(number);
        };
    }

    private static String text(String name) throws IOException {
        try (InputStream in = TimePlan.class.getResourceAsStream("/time/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
