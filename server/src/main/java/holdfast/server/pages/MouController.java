package holdfast.server.pages;

import holdfast.formats.Json;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The report on sharing agreements: a page to print, CSV and JSON; below {@code /api} the same for programs. */
@RestController
class MouController {
    private static final String NOW = "now";

    private final MouSource source;

    MouController(MouSource source) {
        this.source = source;
    }

    @GetMapping("/report/mou")
    ResponseEntity<byte[]> page(@RequestParam(defaultValue = NOW) String period, @Nullable Principal viewer) {
        Optional<String> name = Optional.ofNullable(viewer).map(Principal::getName);
        MouData data = source.agreements();
        return forPeople(data, period, report -> Answers.html(MouPage.render(data, report, name)));
    }

    @GetMapping("/report/mou.csv")
    ResponseEntity<byte[]> csv(@RequestParam(defaultValue = NOW) String period) {
        return forPeople(source.agreements(), period, MouController::csv);
    }

    @GetMapping("/report/mou.json")
    ResponseEntity<byte[]> json(@RequestParam(defaultValue = NOW) String period) {
        return forPeople(source.agreements(), period, report -> Answers.json(Json.line(report)));
    }

    @GetMapping("/api/report/mou")
    ResponseEntity<byte[]> report(@RequestParam(defaultValue = NOW) String period) {
        return forPrograms(period, report -> Answers.json(Json.line(report)));
    }

    @GetMapping("/api/report/mou.csv")
    ResponseEntity<byte[]> reportCsv(@RequestParam(defaultValue = NOW) String period) {
        return forPrograms(period, MouController::csv);
    }

    private static ResponseEntity<byte[]> csv(MouReport report) {
        return Answers.csv(MouCsv.of(report), "mou.csv");
    }

    private static ResponseEntity<byte[]> forPeople(
            MouData data, String period, Function<MouReport, ResponseEntity<byte[]>> answer) {
        try {
            return answer.apply(MouReport.of(data, period));
        } catch (MouData.NoSuchPeriod none) {
            return Answers.notFound();
        }
    }

    private ResponseEntity<byte[]> forPrograms(String period, Function<MouReport, ResponseEntity<byte[]>> answer) {
        try {
            return answer.apply(MouReport.of(source.agreements(), period));
        } catch (MouData.NoSuchPeriod none) {
            Map<String, String> body =
                    Map.of("error", "NOT_FOUND", "acts", "CALLER", "message", String.valueOf(none.getMessage()));
            return ResponseEntity.status(404)
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(Json.line(body).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
