package holdfast.server.pages;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every address that no other route answers; the least specific pattern, so that it never shadows one. */
@RestController
class NotFoundController {

    @RequestMapping("/**")
    ResponseEntity<byte[]> anyOther() {
        return Answers.notFound();
    }
}
