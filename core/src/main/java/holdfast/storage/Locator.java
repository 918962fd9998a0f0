package holdfast.storage;

/** The durable address of a copy on its medium, such as a cartridge and a position on it, as the element stated it. */
public record Locator(String text) {
    /** The cartridge that it names, for an address of the form {@code LABEL:POSITION}. */
    public java.util.Optional<String> cartridge() {
        int end = text.indexOf(':');
        return end > 0 ? java.util.Optional.of(text.substring(0, end)) : java.util.Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
