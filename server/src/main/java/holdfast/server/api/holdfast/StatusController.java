package holdfast.server.api.holdfast;

import holdfast.server.sql.Progress;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the server is there, and what it still has to do. */
@RestController
@RequestMapping("/api")
class StatusController {
    private final Progress progress;

    StatusController(Progress progress) {
        this.progress = progress;
    }

    /** The one answer that needs no secret: that this is Holdfast, and nothing about what it holds. */
    record Ping(String service) {}

    @GetMapping("/ping")
    Ping ping() {
        return new Ping("holdfast");
    }

    @GetMapping("/status")
    Progress.Now status() {
        return progress.now();
    }
}
