package holdfast.server.pages.view;

/** A page that says one thing. */
public record NoticeView(Chrome chrome, String title, String text) {}
