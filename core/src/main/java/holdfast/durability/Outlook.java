package holdfast.durability;

import java.util.List;

/**
 * What is to be expected of all classes, with what it rests on.
 *
 * @param classes in the order of their names, files of no class first
 */
public record Outlook(Inputs inputs, Measured measured, List<ClassOutlook> classes) {
    public Outlook {
        classes = List.copyOf(classes);
    }

    /** One class: the loss to be expected, and the storage levels it has. */
    public record ClassOutlook(Forecast forecast, List<AreaLevel> levels) {
        public ClassOutlook {
            levels = List.copyOf(levels);
        }
    }
}
