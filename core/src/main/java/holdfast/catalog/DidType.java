package holdfast.catalog;

/** What a name stands for. */
public enum DidType {
    FILE,
    DATASET,
    CONTAINER;

    public static DidType of(CollectionRow.Kind kind) {
        return switch (kind) {
            case DATASET -> DATASET;
            case CONTAINER -> CONTAINER;
        };
    }
}
