package holdfast.server.pages;

/** Where the report on sharing agreements gets its data. */
public interface MouSource {
    /** One evaluation, with all agreements of the plan in all their periods. */
    MouData agreements();
}
