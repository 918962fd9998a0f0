package holdfast.server.pages.view;

/** The page that asks whether one wants to leave. */
public record LogoutView(Chrome chrome, String who, FormToken token) {}
