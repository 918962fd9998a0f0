package holdfast.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The rules that hold from the first commit, each a function, so that every module asks the same ones of itself. */
public final class HouseRules {

    private static final String DRIVER = "holdfast.storage.StorageDriver";
    private static final String DELETE = "release";

    /** An exception that begins like {@code Runtime}, and what turns one text into another. */
    private static final Set<String> STAYS_WITHIN = Set.of("java.lang.RuntimeException", "java.net.URLDecoder");

    /** Parts of the JDK that reach out of the process; core decides on values that others fetched. */
    private static final List<String> REACHES_OUT = List.of(
            "java.sql.",
            "java.net.http.",
            "java.net.Socket",
            "java.net.ServerSocket",
            "java.net.DatagramSocket",
            "java.net.URL",
            "java.net.InetAddress",
            "java.nio.file.",
            "java.nio.channels.",
            "java.io.File",
            "java.io.RandomAccessFile",
            "java.lang.Process",
            "java.lang.Runtime",
            "java.rmi.");

    /** The part of the JDK outside {@code java.} that only computes: salts of the journal are HMACs. */
    private static final String COMPUTES = "javax.crypto.";

    private HouseRules() {}

    /** The main classes of the module whose tests run; those of its dependencies are looked up as far as they matter. */
    public static JavaClasses mainClasses() {
        return new ClassFileImporter().importPath(Path.of("target", "classes"));
    }

    /** Imports lead only down the floors of core. */
    public static ArchRule floors(String root) {
        return classes().should(new Floors(root)).allowEmptyShould(true);
    }

    /** No two packages import each other, whether directly or round a circle. */
    public static ArchRule noCycles(String root) {
        return slices().matching(root + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);
    }

    /** core uses the JDK's values and JSpecify: no framework, no SQL, no HTTP, no files. */
    public static ArchRule coreIsFreeOfFrameworks() {
        return noClasses()
                .should()
                .dependOnClassesThat(describe("are a framework or reach out of the process", HouseRules::isForeign))
                .because("core decides; server, formats and cli do")
                .allowEmptyShould(true);
    }

    /** core is told the time, the environment and every random number. */
    public static ArchRule coreReadsNoClockAndNoEnvironment() {
        return noClasses()
                .should()
                .accessTargetWhere(describe("read a clock, chance or the environment", Ambient::isReadBy))
                .because("the same input must give the same decision, on every node and in every replay")
                .allowEmptyShould(true);
    }

    /** A module uses nothing but the packages named here, by their beginnings; {@code java.} is always allowed. */
    public static ArchRule usesOnly(String... beginnings) {
        List<String> allowed = List.of(beginnings);
        return noClasses()
                .should()
                .dependOnClassesThat(describe("are outside java and " + allowed, type -> !isIn(type, allowed)))
                .allowEmptyShould(true);
    }

    /**
     * Bytes are deleted by the release guard alone. A driver that wraps another may hand the call on, from its own
     * {@code release} only.
     */
    public static ArchRule onlyTheReleaseGuardDeletes(String guard) {
        DescribedPredicate<JavaAccess<?>> stray =
                describe("call a driver's delete", access -> isDelete(access) && !mayDelete(access, guard));
        return noClasses()
                .should()
                .accessTargetWhere(stray)
                .because("only the room " + guard + " knows what may be released")
                .allowEmptyShould(true);
    }

    private static boolean isForeign(JavaClass type) {
        String name = type.getBaseComponentType().getName();
        return !isIn(type, List.of("org.jspecify.", "holdfast.", COMPUTES)) || reachesOut(name);
    }

    /** By beginnings, so that a name and its kin are one line; what only begins like one of them is none. */
    private static boolean reachesOut(String name) {
        return !STAYS_WITHIN.contains(name) && REACHES_OUT.stream().anyMatch(name::startsWith);
    }

    private static boolean isIn(JavaClass type, List<String> allowed) {
        JavaClass base = type.getBaseComponentType();
        return base.isPrimitive()
                || base.getName().startsWith("java.")
                || allowed.stream().anyMatch(base.getName()::startsWith);
    }

    private static boolean isDelete(JavaAccess<?> access) {
        return access.getTarget().getName().equals(DELETE)
                && access.getTargetOwner().isAssignableTo(DRIVER);
    }

    private static boolean mayDelete(JavaAccess<?> access, String guard) {
        JavaCodeUnit origin = access.getOrigin();
        String room = access.getOriginOwner().getPackageName();
        boolean inGuard = room.equals(guard) || room.startsWith(guard + ".");
        boolean handsOn =
                origin.getName().equals(DELETE) && access.getOriginOwner().isAssignableTo(DRIVER);
        return inGuard || handsOn;
    }
}
