package holdfast.server.api.holdfast;

import holdfast.server.keeping.JournalKeeper;
import holdfast.server.work.Attendant;
import holdfast.server.work.ReleaseList;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The signed list of what a source may delete. Giving it out is recorded, since the source will act on it. */
@RestController
@RequestMapping("/api/ingest/release-list")
class ReleaseListController {
    private final ReleaseList lists;
    private final Attendant attendant;
    private final JournalKeeper keeper;

    ReleaseListController(ReleaseList lists, Attendant attendant, JournalKeeper keeper) {
        this.lists = lists;
        this.attendant = attendant;
        this.keeper = keeper;
    }

    @GetMapping(produces = MediaType.TEXT_PLAIN_VALUE)
    String list(@RequestParam String source, @RequestParam(defaultValue = "false") boolean dryRun)
            throws GeneralSecurityException {
        ReleaseList.Listed listed = lists.list(source, attendant.surroundings());
        if (dryRun) {
            return listed.text() + "not signed: a dry run\n";
        }
        ReleaseList.Listed told = lists.record(listed, attendant::surroundings);
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(keeper.key().secret());
        signer.update(told.text().getBytes(StandardCharsets.UTF_8));
        return told.text() + "signature " + Base64.getEncoder().encodeToString(signer.sign()) + "\n";
    }
}
