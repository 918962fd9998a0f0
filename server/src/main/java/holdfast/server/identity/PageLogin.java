package holdfast.server.identity;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/** How people come to the pages beside the administrator secret. */
public interface PageLogin {
    /** Adds its ways in, and out, to the door of the pages. */
    void letIn(HttpSecurity http);
}
