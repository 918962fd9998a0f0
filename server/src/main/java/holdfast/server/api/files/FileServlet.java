package holdfast.server.api.files;

import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.RucioServlet;
import holdfast.server.reading.Offers;
import holdfast.server.reading.Offers.Offered;
import holdfast.server.reading.Opened;
import holdfast.server.reading.Reader;
import holdfast.server.sql.Database;
import holdfast.vocabulary.DataId;
import holdfast.vocabulary.StorageName;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Says where a file can be read, and hands out its bytes as they come from the best copy. */
public final class FileServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    /** Where it is mounted. */
    public static final String MOUNT = "/holdfast/v1/files";

    /** What the container calls it. */
    public static final String NAME = RucioServlet.FILES;

    private static final System.Logger LOG = System.getLogger(FileServlet.class.getName());
    private static final int BUFFER = 128 << 10;
    private static final int PARTIAL = 206;
    private static final String SECONDS_ON_TAPE = "10";

    private final transient FileAddress address;
    private final transient Guard guard;
    private final transient Offers offers;
    private final transient Reader reader;

    public FileServlet(FileAddress address, Guard guard, Offers offers, Reader reader) {
        this.address = address;
        this.guard = guard;
        this.offers = offers;
        this.reader = reader;
    }

    /** The body of an answer that is no success. */
    record Body(String error, String acts, String message) {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            answer(request, response);
        } catch (Refusal.Told told) {
            refuse(response, told.refusal(), told.getMessage());
        } catch (IllegalArgumentException | RucioError bad) {
            refuse(response, Refusal.BAD_REQUEST, bad.getMessage());
        } catch (Database.Failed failed) {
            LOG.log(Level.WARNING, "the database failed a request", failed);
            refuse(response, Refusal.UNAVAILABLE, failed.getMessage());
        } catch (RuntimeException failure) {
            LOG.log(Level.ERROR, request.getRequestURI() + " failed", failure);
            if (response.isCommitted()) {
                throw failure;
            }
            response.reset();
            refuse(response, Refusal.INTERNAL, "Holdfast failed and has written down why: " + failure.getMessage());
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!List.of("GET", "HEAD").contains(request.getMethod())) {
            response.setHeader("Allow", "GET, HEAD");
            throw new Refusal.Told(Refusal.NO_SUCH_METHOD, "files are read here; `holdfast put` brings new ones");
        }
        Guard.Asker asker = guard.asker(request);
        request.setAttribute(RucioServlet.ACCOUNT, asker.name());
        FileAddress.Asked asked = address.of(request.getRequestURI());
        Optional<StorageName> near =
                Optional.ofNullable(request.getParameter("near")).map(StorageName::new);
        if (!guard.mayKnowOf(asked.id(), asker)) {
            request.setAttribute(RucioServlet.NOTE, "hidden");
            throw unknown(asked.id());
        }
        Offered offered = offers.of(asked.id(), near).orElseThrow(() -> unknown(asked.id()));
        switch (asked.what()) {
            case SOURCES -> json(response, 200, SourcesReport.of(offered));
            case BYTES -> {
                guard.mayReadBytes(asked.id(), asker);
                bytes(request, response, only(offered, request.getParameter("source")));
            }
        }
    }

    private static Refusal.Told unknown(DataId id) {
        return new Refusal.Told(Refusal.NOT_FOUND, "no file %s is registered".formatted(id));
    }

    private static Offered only(Offered offered, @Nullable String source) {
        if (source == null) {
            return offered;
        }
        List<holdfast.server.reading.Offer> there = offered.copies().stream()
                .filter(c -> c.storage().name().equals(source))
                .toList();
        if (there.isEmpty()) {
            throw new Refusal.Told(
                    Refusal.NOT_FOUND,
                    "no copy of %s stands at %s".formatted(offered.file().id(), source));
        }
        return new Offered(offered.file(), there);
    }

    private void bytes(HttpServletRequest request, HttpServletResponse response, Offered offered) throws IOException {
        long size = offered.file().size().bytes();
        Optional<String> tag = SourcesReport.tag(offered.file().digests());
        Optional<ByteRange> part = part(request, response, size, tag);
        ByteRange range = part.orElse(ByteRange.whole(size));
        switch (reader.open(offered, range.first())) {
            case Opened.Bytes bytes -> {
                try (bytes) {
                    response.setStatus(part.isPresent() ? PARTIAL : HttpServletResponse.SC_OK);
                    response.setContentType("application/octet-stream");
                    response.setContentLengthLong(range.length());
                    response.setHeader("Accept-Ranges", "bytes");
                    response.setHeader("Holdfast-Source", bytes.from().name());
                    tag.ifPresent(t -> response.setHeader("ETag", t));
                    part.ifPresent(p -> response.setHeader("Content-Range", p.of(size)));
                    if (!request.getMethod().equals("HEAD")) {
                        request.setAttribute(RucioServlet.NOTE, "bytes");
                        copy(bytes, range.length(), response.getOutputStream());
                    }
                }
            }
            case Opened.OnTape tape -> {
                response.setHeader("Retry-After", SECONDS_ON_TAPE);
                throw new Refusal.Told(Refusal.ON_TAPE, tape.doing() + "; ask again in a while");
            }
            case Opened.Nowhere nowhere ->
                throw new Refusal.Told(
                        Refusal.UNAVAILABLE,
                        "no copy of %s can be read now: %s"
                                .formatted(offered.file().id(), nowhere.why()));
        }
    }

    private static Optional<ByteRange> part(
            HttpServletRequest request, HttpServletResponse response, long size, Optional<String> tag) {
        @Nullable String range = request.getHeader("Range");
        @Nullable String only = request.getHeader("If-Range");
        if (range == null || only != null && !tag.equals(Optional.of(only))) {
            return Optional.empty();
        }
        try {
            return ByteRange.of(range, size);
        } catch (Refusal.Told none) {
            response.setHeader("Content-Range", "bytes */" + size);
            throw none;
        }
    }

    /** A copy that breaks off now breaks the connection: the length is out, so that nobody takes it for the whole. */
    private static void copy(Opened.Bytes bytes, long length, OutputStream out) throws IOException {
        InputStream in = bytes.content();
        byte[] buffer = new byte[BUFFER];
        for (long left = length; left > 0; ) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("the copy at %s ended %d bytes early".formatted(bytes.from(), left));
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    private static void refuse(HttpServletResponse response, Refusal refusal, @Nullable String message)
            throws IOException {
        json(response, refusal.status(), new Body(refusal.name(), refusal.acts().name(), String.valueOf(message)));
    }

    private static void json(HttpServletResponse response, int status, Object value) throws IOException {
        byte[] text = JsonMapper.shared().writeValueAsBytes(value);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(text.length);
        response.getOutputStream().write(text);
    }
}
