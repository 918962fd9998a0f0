package holdfast.server.api.holdfast;

import holdfast.server.keeping.EvidenceExport;
import holdfast.server.keeping.KeptBundles;
import holdfast.vocabulary.Readership;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The evidence bundle, written to the wire as it is made; those for some readers from a file that is made now and then. */
@RestController
@RequestMapping("/api/evidence")
class EvidenceController {
    private final EvidenceExport export;
    private final KeptBundles kept;

    EvidenceController(EvidenceExport export, KeptBundles kept) {
        this.export = export;
        this.kept = kept;
    }

    @GetMapping
    void bundle(HttpServletResponse response) throws IOException, GeneralSecurityException {
        response.setContentType("application/zip");
        response.setHeader("Content-Disposition", "attachment; filename=\"evidence.zip\"");
        export.write(response.getOutputStream());
    }

    @GetMapping("/public")
    void forAnybody(HttpServletResponse response) throws IOException {
        send(Readership.PUBLIC, response);
    }

    @GetMapping("/members")
    void forMembers(HttpServletResponse response) throws IOException {
        send(Readership.MEMBERS, response);
    }

    private void send(Readership readers, HttpServletResponse response) throws IOException {
        Path file = kept.bundle(readers)
                .orElseThrow(
                        () -> new Problem.Told(
                                Problem.BUSY,
                                "the bundle is being made just now for somebody else, or another plan is being adopted; ask again in a minute"));
        response.setContentType("application/zip");
        response.setHeader("Content-Disposition", "attachment; filename=\"evidence-" + readers.word() + ".zip\"");
        Files.copy(file, response.getOutputStream());
    }
}
