package holdfast.durability;

/** Prints the comparison of formula and simulation: {@code bench/loss}. */
final class LossBench {
    private LossBench() {}

    public static void main(String[] none) {
        System.out.println(LossSettings.heading());
        LossSettings.all()
                .forEach(setting -> System.out.println(
                        LossSettings.line(setting, LossSettings.formula(setting), LossSettings.simulated(setting))));
    }
}
