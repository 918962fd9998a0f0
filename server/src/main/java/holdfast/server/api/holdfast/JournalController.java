package holdfast.server.api.holdfast;

import holdfast.journal.SignedHead;
import holdfast.server.keeping.Auditor;
import holdfast.server.keeping.JournalKeeper;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The journal: its newest head, its key, its audit. */
@RestController
@RequestMapping("/api/journal")
class JournalController {
    private final JournalKeeper keeper;
    private final Auditor auditor;

    JournalController(JournalKeeper keeper, Auditor auditor) {
        this.keeper = keeper;
        this.auditor = auditor;
    }

    record Head(long size, String root, Instant at, String signature, String text) {}

    @GetMapping("/head")
    Head head() throws IOException, GeneralSecurityException {
        SignedHead head = keeper.head();
        return new Head(head.size(), head.root().hex(), head.at(), head.signature(), head.text());
    }

    @GetMapping(path = "/key", produces = MediaType.TEXT_PLAIN_VALUE)
    String key() {
        return keeper.key().pem();
    }

    @PostMapping("/audit")
    Auditor.Audit audit() {
        return auditor.audit();
    }
}
