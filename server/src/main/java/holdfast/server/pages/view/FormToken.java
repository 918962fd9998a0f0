package holdfast.server.pages.view;

/** A hidden field that shows that a form came from a page of this house. */
public record FormToken(String name, String value) {}
