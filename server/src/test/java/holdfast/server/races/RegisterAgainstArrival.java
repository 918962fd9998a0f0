package holdfast.server.races;

import holdfast.catalog.CopyRow;
import holdfast.catalog.CopyState;
import holdfast.ingest.IngestFact.RegisterImported;
import holdfast.ingest.Register;
import holdfast.server.work.Intake.Outcome;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.DataId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What comes nearest to "attach against arrival" while there are no datasets: a file is registered twice, its bytes
 * are sent again while a mover brings them, or the outside register names it while it comes in.
 */
final class RegisterAgainstArrival implements Race {

    @Override
    public void play(Ground ground, long seed) {
        Random random = new Random(seed);
        switch ((int) (seed % 3)) {
            case 0 -> registeredTwice(ground, random);
            case 1 -> sentAgain(ground, random);
            default -> expected(ground, random);
        }
        ground.check();
    }

    private static void registeredTwice(Ground ground, Random random) {
        Cast cast = new Cast(ground);
        DataId id = Cast.id(0);
        byte[] one = Cast.bytes(id);
        byte[] other = random.nextBoolean() ? "other bytes".getBytes(StandardCharsets.UTF_8) : one;
        List<Outcome> outcomes = new ArrayList<>();
        ground.turns(random)
                .actor(
                        "one",
                        ground.threads(),
                        () -> outcomes.addAll(ground.node(0).intake.take(List.of(cast.arriving(id, one)))))
                .actor(
                        "two",
                        ground.threads(),
                        () -> outcomes.addAll(ground.node(1).intake.take(List.of(cast.arriving(id, other)))))
                .actor(
                        "worker",
                        ground.threads(),
                        () -> ground.node(2).attendant.step())
                .play();
        long registered =
                outcomes.stream().filter(Outcome.Registered.class::isInstance).count();
        long same = outcomes.stream()
                .filter(o -> o instanceof Outcome.Registered || o instanceof Outcome.Already)
                .count();
        // Of two that send the same bytes at once, the second may be told to send them again.
        if (registered != 1 || (other != one && same != 1)) {
            throw new AssertionError("two registrations of one name came to " + outcomes);
        }
        CopyRow copy = cast.copyOf(id, Ground.HOME).orElseThrow();
        byte[] stands = cast.bytesOf(copy);
        if (!java.util.Arrays.equals(stands, one) && !java.util.Arrays.equals(stands, other)) {
            throw new AssertionError("neither of the two stands there");
        }
        cast.digestIsThatOf(id, stands);
        ground.summariesAreFresh();
    }

    private static void sentAgain(Ground ground, Random random) {
        Cast cast = new Cast(ground);
        DataId id = Cast.id(0);
        CopyState damage = random.nextBoolean() ? CopyState.MISSING : CopyState.CORRUPT;
        CopyRow bad = cast.copy(id, Ground.HOME, damage);
        if (damage == CopyState.CORRUPT) {
            ground.disk(Ground.HOME).damage(bad.path(), "rot".getBytes(StandardCharsets.UTF_8));
        }
        cast.register(
                ground.node(0), List.of(id), List.of(bad, cast.stands(cast.copy(id, Ground.NEAR, CopyState.PROVED))));
        ground.node(0).attendAll();
        List<Outcome> outcomes = new ArrayList<>();
        ground.turns(random)
                .actor("mover", ground.threads(), () -> ground.node(0).mover.step(Ground.HOME, 1))
                .actor(
                        "intake",
                        ground.threads(),
                        () -> outcomes.addAll(ground.node(1).intake.take(List.of(cast.arriving(id, Cast.bytes(id))))))
                .actor(
                        "worker",
                        ground.threads(),
                        () -> ground.node(2).attendant.step())
                .play();
        boolean returned = outcomes.getFirst() instanceof Outcome.Returned;
        boolean written = ground.rows("select count(*) from journal_entry where kind = 'ingest.bytes-returned'")
                .equals(List.of("1"));
        if (returned != written) {
            throw new AssertionError("the intake said " + outcomes + " and the journal says another thing");
        }
        cast.carryOn(ground.node(2));
        cast.eachCopyHasItsBytes(List.of(id));
        if (!cast.copyOf(id, Ground.HOME).orElseThrow().state().stands()) {
            throw new AssertionError("no copy came back: " + cast.holding(id));
        }
        ground.summariesAreFresh();
    }

    private static void expected(Ground ground, Random random) {
        Cast cast = new Cast(ground);
        DataId id = Cast.id(0);
        DataId never = Cast.id(1);
        Register.RunKey run = new Register.RunKey("1", "1");
        List<DataId> names = random.nextBoolean() ? List.of(id, never) : List.of(id);
        Register named = register(ground, run, names);
        Register emptied = register(ground, run, List.of());
        boolean again = random.nextBoolean();
        ground.turns(random)
                .actor("register", ground.threads(), () -> {
                    ground.node(0).journal.append(new RegisterImported(named), Cast.ANYONE);
                    if (again) {
                        ground.node(0).journal.append(new RegisterImported(emptied), Cast.ANYONE);
                    }
                })
                .actor(
                        "intake",
                        ground.threads(),
                        () -> ground.node(1).intake.take(List.of(cast.arriving(id, Cast.bytes(id)))))
                .actor("worker", ground.threads(), () -> {
                    ground.node(2).attendant.step();
                    ground.node(2).attendant.step();
                })
                .play();
        if (cast.holding(id).file().isEmpty() || cast.holding(id).expected().isPresent() == again) {
            throw new AssertionError("register and arrival came to " + cast.holding(id));
        }
        ground.summariesAreFresh();
    }

    private static Register register(Ground ground, Register.RunKey run, List<DataId> names) {
        List<Register.Expected> files = names.stream()
                .map(n -> new Register.Expected(
                        n, Optional.of(new ByteSize(Cast.bytes(n).length)), Optional.<Long>empty()))
                .toList();
        return new Register(
                "run registry",
                ground.now(),
                List.of(new Register.Run(run, "physics", Optional.of(ground.now()), files)));
    }
}
