package holdfast.storage;

/** The durable address of a copy on its medium, such as a cartridge and a position on it, as the element stated it. */
public record Locator(String text) {
    @Override
    public String toString() {
        return text;
    }
}
