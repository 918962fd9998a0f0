package holdfast.server.api.holdfast;

import holdfast.durability.InputName;
import holdfast.formats.Json;
import holdfast.formats.LossReport;
import holdfast.formats.VerdictReport.PlanName;
import holdfast.plan.ClassRule;
import holdfast.plan.Plan;
import holdfast.server.keeping.LossForecaster;
import holdfast.server.keeping.LossForecaster.Reckoned;
import holdfast.vocabulary.ClassId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The loss to be expected, with the inputs that the asker states in the place of those that the house would take. */
@RestController
@RequestMapping("/api/loss")
class LossController {
    private static final String CLASS = "class";
    private static final Map<String, List<InputName>> STATED = Map.of(
            "lambdaTape", List.of(InputName.DAMAGE_TAPE),
            "lambdaDisk", List.of(InputName.DAMAGE_DISK),
            "scrubDays", List.of(InputName.SCRUB_TAPE, InputName.SCRUB_DISK),
            "scrubTapeDays", List.of(InputName.SCRUB_TAPE),
            "scrubDiskDays", List.of(InputName.SCRUB_DISK),
            "repairDays", List.of(InputName.REPAIR),
            "siteDisaster", List.of(InputName.SITE_DISASTER),
            "rebuildDays", List.of(InputName.REBUILD),
            "commonCause", List.of(InputName.COMMON_CAUSE));

    private final LossForecaster forecaster;

    LossController(LossForecaster forecaster) {
        this.forecaster = forecaster;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    String loss(@RequestParam Map<String, String> asked) {
        Reckoned now = forecaster.reckon(stated(asked));
        Plan plan = now.surroundings().plan();
        Optional<ClassId> only = Optional.ofNullable(asked.get(CLASS)).map(name -> known(plan, name));
        LossReport.Counted counted =
                new LossReport.Counted(now.damage().next(), now.damage().size());
        PlanName name = new PlanName(
                plan.id(), plan.title(), plan.version(), plan.digest().hex());
        return Json.write(LossReport.of(name, now.at(), now.outlook(), counted, only));
    }

    /** The general interval for both media gives way to the one of a medium. */
    private static Map<InputName, Double> stated(Map<String, String> asked) {
        Map<InputName, Double> stated = new EnumMap<>(InputName.class);
        Map<InputName, Double> general = new EnumMap<>(InputName.class);
        asked.forEach((key, text) -> {
            if (!key.equals(CLASS)) {
                List<InputName> names = Optional.ofNullable(STATED.get(key))
                        .orElseThrow(() -> bad("there is no input '" + key + "'; there are: " + inputs()));
                names.forEach(name -> (names.size() > 1 ? general : stated).put(name, number(key, text)));
            }
        });
        general.forEach(stated::putIfAbsent);
        return stated;
    }

    private static double number(String key, String text) {
        try {
            double value = Double.parseDouble(text);
            if (value >= 0 && value <= 1e6) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, with the remedy.
        }
        throw bad(key + " is '" + text + "'; give a number from 0 to 1,000,000 such as 0.001");
    }

    private static ClassId known(Plan plan, String name) {
        ClassId id = new ClassId(name);
        return plan.classRule(id)
                .map(ClassRule::id)
                .orElseThrow(() -> new Problem.Told(
                        Problem.NOT_FOUND,
                        "the plan in force has no class " + name + "; it has: "
                                + plan.classes().stream()
                                        .map(rule -> rule.id().name())
                                        .collect(Collectors.joining(", "))));
    }

    private static String inputs() {
        return STATED.keySet().stream().sorted().collect(Collectors.joining(", "));
    }

    private static Problem.Told bad(String message) {
        return new Problem.Told(Problem.BAD_REQUEST, message);
    }
}
