package holdfast.server.api.holdfast;

import holdfast.server.work.Dumps;
import holdfast.vocabulary.StorageName;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Dumps of one element, written to the wire as their rows come; one that breaks off has no end line. */
@RestController
@RequestMapping("/api/dumps")
class DumpController {
    private static final int BUFFER = 1 << 16;

    private final Dumps dumps;

    DumpController(Dumps dumps) {
        this.dumps = dumps;
    }

    @GetMapping("/{element}/catalogue")
    void catalogue(@PathVariable String element, HttpServletResponse response) throws IOException {
        StorageName name = known(element);
        OutputStream out = begin(response);
        dumps.catalogue(name, out);
        out.flush();
    }

    @GetMapping("/{element}/listing")
    void listing(@PathVariable String element, HttpServletResponse response) throws IOException {
        StorageName name = known(element);
        if (!dumps.isOpen(name)) {
            throw new Problem.Told(
                    Problem.UNAVAILABLE,
                    name + " does not answer, or is in a downtime: a listing taken now would prove nothing");
        }
        OutputStream out = begin(response);
        dumps.listing(name, out);
        out.flush();
    }

    private StorageName known(String element) {
        StorageName name = new StorageName(element);
        if (!dumps.knows(name)) {
            throw new Problem.Told(Problem.NOT_FOUND, "the sites file names no element " + name);
        }
        return name;
    }

    private static OutputStream begin(HttpServletResponse response) throws IOException {
        response.setContentType("text/tab-separated-values;charset=UTF-8");
        return new BufferedOutputStream(response.getOutputStream(), BUFFER);
    }
}
