package holdfast.durability;

import holdfast.durability.AreaLevel.Area;
import java.util.List;

/** The levels of one class: storage and integrity from the records, the other areas not judged, with the reason. */
public final class NdsaLevels {
    private NdsaLevels() {}

    public static List<AreaLevel> of(ClassHolding holding, Keeping keeping) {
        return List.of(
                new StorageArea(holding).level(),
                new IntegrityArea(holding, keeping).level(),
                AreaLevel.notJudged(
                        Area.CONTROL,
                        "who may read, write, move and delete is not recorded yet: there is one administrator"),
                AreaLevel.notJudged(
                        Area.METADATA,
                        "names, sizes and digests are kept; descriptive and preservation metadata are not yet"),
                AreaLevel.notJudged(Area.CONTENT, "no file format is identified or watched yet"));
    }
}
