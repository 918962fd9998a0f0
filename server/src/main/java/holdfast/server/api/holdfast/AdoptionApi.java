package holdfast.server.api.holdfast;

import holdfast.server.adoption.AdoptedFiles;
import holdfast.server.adoption.Adopting;
import holdfast.server.adoption.FileSaid;
import holdfast.server.adoption.Opening;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Taking over what another Rucio knows, batch by batch; the administrator's alone. */
@RestController
@RequestMapping("/holdfast/v1/adoption")
class AdoptionApi {
    private static final int MOST = 1_000;

    private final Adopting adopting;

    AdoptionApi(Adopting adopting) {
        this.adopting = adopting;
    }

    record Files(@Nullable String source, @Nullable List<FileSaid> files) {}

    @PostMapping("/scopes")
    Opening.Opened scopes(@RequestBody Opening opening) {
        return adopting.scopes().open(opening);
    }

    @PostMapping("/files")
    AdoptedFiles.Taken files(@RequestBody Files sent) {
        return adopting.files().take(batch("files", sent.files));
    }

    private static <T> List<T> batch(String what, @Nullable List<T> sent) {
        if (sent == null || sent.size() > MOST) {
            throw new Problem.Told(
                    Problem.BAD_REQUEST,
                    "a batch has '%s', a list of at most %,d; send what is more in further batches"
                            .formatted(what, MOST));
        }
        return sent;
    }
}
