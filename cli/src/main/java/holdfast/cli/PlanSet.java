package holdfast.cli;

import holdfast.formats.PlanFile;
import holdfast.formats.PolicyFile;
import holdfast.formats.Result;
import holdfast.formats.SitesFile;
import holdfast.ingest.NamingPolicy;
import holdfast.plan.Plan;
import holdfast.plan.Sites;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A plan file with the sites and policy files beside it: {@code x.yaml}, {@code x-sites.yaml}, {@code x-policy.yaml}. */
record PlanSet(Path plan, Path sites, Path policy) {

    /** The files meant: those given, else those beside the plan. */
    static PlanSet of(Path plan, Optional<Path> sites, Optional<Path> policy) {
        return new PlanSet(plan, sites.orElse(beside(plan, "-sites")), policy.orElse(beside(plan, "-policy")));
    }

    private static Path beside(Path plan, String suffix) {
        String name = String.valueOf(plan.getFileName());
        int dot = name.lastIndexOf('.');
        String sibling = dot < 0 ? name + suffix : name.substring(0, dot) + suffix + name.substring(dot);
        return plan.resolveSibling(sibling);
    }

    Result<Sites> readSites() {
        return SitesFile.read(text(sites, "--sites"), sites.toString());
    }

    Result<Plan> readPlan(Sites checkedAgainst) {
        return PlanFile.read(text(plan, ""), plan.toString(), checkedAgainst);
    }

    /** Empty when there is no policy file. */
    Optional<Result<NamingPolicy>> readPolicy() {
        return Files.exists(policy)
                ? Optional.of(PolicyFile.read(text(policy, "--policy"), policy.toString()))
                : Optional.empty();
    }

    private static String text(Path file, String option) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException gone) {
            String hint = option.isEmpty() ? "" : "; name another with " + option + " FILE";
            throw new CannotRead(file + " is not there" + hint, gone);
        } catch (CharacterCodingException bad) {
            throw new CannotRead(file + " is not text in UTF-8; save it as UTF-8", bad);
        } catch (IOException bad) {
            throw new CannotRead(file + " cannot be read: " + bad.getMessage(), bad);
        }
    }

    /** A file that the verb needs cannot be read; one sentence for the prompt. */
    static final class CannotRead extends RuntimeException {
        private static final long serialVersionUID = 1;

        CannotRead(String message, IOException cause) {
            super(message, cause);
        }
    }
}
