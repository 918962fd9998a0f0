package holdfast.server.pages;

import holdfast.server.members.MemberDesk;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The periodic access review as a page; the same as CSV comes from the command line, as JSON from {@code /api}. */
@RestController
class ReviewController {
    private final PageSource source;
    private final MemberDesk desk;

    ReviewController(PageSource source, MemberDesk desk) {
        this.source = source;
        this.desk = desk;
    }

    @GetMapping("/report/access")
    ResponseEntity<byte[]> page(@Nullable Principal viewer) {
        return Answers.html(ReviewPage.render(
                source.plan(),
                desk.review().report(),
                desk.book().get().all().values(),
                Optional.ofNullable(viewer).map(Principal::getName)));
    }
}
