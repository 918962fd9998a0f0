package holdfast.server.config;

import holdfast.access.Action;
import holdfast.access.Audiences.Wish;
import holdfast.access.Subject;
import holdfast.access.Viewer;
import holdfast.server.api.files.FileAddress;
import holdfast.server.api.files.FileServlet;
import holdfast.server.api.files.Guard;
import holdfast.server.api.rucio.wire.Caller;
import holdfast.vocabulary.Scope;
import java.util.Optional;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Mounts the bytes of files; a servlet of its own, for names hold slashes that are refused everywhere else. */
@Configuration(proxyBeanMethods = false)
class FilesDoor {
    @Bean
    ServletRegistrationBean<FileServlet> fileServlet(House house) {
        Guard guard = new Guard(
                house.entrance.secret::matches,
                house.entrance.bearers,
                new Guard.Rights(
                        caller -> house.people.viewers.sees(Optional.of(caller)),
                        (caller, scope) -> reads(house, caller, scope)));
        FileAddress address =
                new FileAddress(() -> house.adoption.get().naming().schema());
        ServletRegistrationBean<FileServlet> mounted = new ServletRegistrationBean<>(
                new FileServlet(address, guard, house.offers, house.reader), FileServlet.MOUNT + "/*");
        mounted.setName(FileServlet.NAME);
        return mounted;
    }

    private static boolean reads(House house, Caller caller, Scope scope) {
        Viewer viewer = house.people.viewers.of(Optional.of(caller));
        return house.people.viewers.audiences().decide(viewer, Wish.READ, scope).allowed()
                || house.permissions.may(caller.account(), Action.READ_BYTES, Subject.NOTHING);
    }
}
