package holdfast.server.routes;

import holdfast.access.Area;
import holdfast.access.Reach;
import holdfast.access.Viewer;
import holdfast.server.members.Viewers;
import holdfast.vocabulary.Actor;
import holdfast.vocabulary.Visible;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Gives a controller's method who asks: an {@link Actor} for what it records, a {@link Visible} for what it reads, a {@link Viewer},
 * and a {@link Reach}: at which sites they look after storage.
 */
public final class AskingArguments implements HandlerMethodArgumentResolver {
    private static final Set<Class<?>> ASKED = Set.of(Actor.class, Visible.class, Viewer.class, Reach.class);

    private final Viewers viewers;
    private final Reaches reaches;

    public AskingArguments(Viewers viewers, Reaches reaches) {
        this.viewers = viewers;
        this.reaches = reaches;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return ASKED.contains(parameter.getParameterType());
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binder) {
        @Nullable Authentication shown = SecurityContextHolder.getContext().getAuthentication();
        if (parameter.getParameterType() == Visible.class) {
            return viewers.sees(Shown.by(shown));
        }
        if (parameter.getParameterType() == Viewer.class) {
            return viewers.of(Shown.by(shown));
        }
        if (parameter.getParameterType() == Reach.class) {
            return reaches.of(Shown.by(shown), Area.STORAGE);
        }
        if (shown == null) {
            throw new IllegalStateException("a route that records who asked is open to everybody");
        }
        return new Actor(shown.getName());
    }
}
