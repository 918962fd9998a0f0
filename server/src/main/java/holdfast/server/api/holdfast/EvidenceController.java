package holdfast.server.api.holdfast;

import holdfast.server.keeping.EvidenceExport;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.GeneralSecurityException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The evidence bundle, written to the wire as it is made. */
@RestController
@RequestMapping("/api/evidence")
class EvidenceController {
    private final EvidenceExport export;

    EvidenceController(EvidenceExport export) {
        this.export = export;
    }

    @GetMapping
    void bundle(HttpServletResponse response) throws IOException, GeneralSecurityException {
        response.setContentType("application/zip");
        response.setHeader("Content-Disposition", "attachment; filename=\"evidence.zip\"");
        export.write(response.getOutputStream());
    }
}
