package holdfast.formats;

import holdfast.ingest.NamingPolicy;
import holdfast.plan.Plan;
import holdfast.plan.Sites;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The plans that ship with Holdfast, as the tests read them. */
record Shipped(String name, Sites sites, Plan plan, NamingPolicy policy) {
    private static final Path PLANS = Path.of("..", "plans");

    static Shipped read(String name) {
        Sites sites =
                SitesFile.read(text(name + "-sites.yaml"), name + "-sites.yaml").orThrow();
        return new Shipped(
                name,
                sites,
                PlanFile.read(text(name + ".yaml"), name + ".yaml", sites).orThrow(),
                PolicyFile.read(text(name + "-policy.yaml"), name + "-policy.yaml")
                        .orThrow());
    }

    static String text(String file) {
        try {
            return Files.readString(PLANS.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
