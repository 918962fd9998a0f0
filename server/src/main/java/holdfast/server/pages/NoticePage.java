package holdfast.server.pages;

import holdfast.server.pages.view.Chrome;
import holdfast.server.pages.view.NoticeView;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A plain page that says one thing, for the door of the pages. */
public final class NoticePage {
    private NoticePage() {}

    /** Answers with a page; with the headers that every page carries. */
    public static void send(HttpServletResponse response, int status, String title, String text) throws IOException {
        Chrome chrome = new Chrome(title, Optional.empty(), List.of(), Optional.empty(), List.of());
        byte[] page = Templates.render("notice.jte", new NoticeView(chrome, title, text))
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        Answers.HEADERS.forEach(response::setHeader);
        response.getOutputStream().write(page);
    }
}
