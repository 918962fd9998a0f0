package holdfast.server.config;

import holdfast.access.Subject;
import holdfast.server.api.files.FileAddress;
import holdfast.server.api.files.FileServlet;
import holdfast.server.api.files.Guard;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Mounts the bytes of files; a servlet of its own, for names hold slashes that are refused everywhere else. */
@Configuration(proxyBeanMethods = false)
class FilesDoor {
    @Bean
    ServletRegistrationBean<FileServlet> fileServlet(House house) {
        Guard guard = new Guard(
                house.secret::matches,
                house.bearers,
                (account, action) -> house.permissions.may(account, action, Subject.NOTHING));
        FileAddress address =
                new FileAddress(() -> house.adoption.get().naming().schema());
        ServletRegistrationBean<FileServlet> mounted = new ServletRegistrationBean<>(
                new FileServlet(address, guard, house.offers, house.reader), FileServlet.MOUNT + "/*");
        mounted.setName(FileServlet.NAME);
        return mounted;
    }
}
