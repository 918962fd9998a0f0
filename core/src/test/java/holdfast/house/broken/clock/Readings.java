package holdfast.house.broken.clock;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Breaks the rule against clocks, chance and environment, once for each nested class. */
@SuppressWarnings("unused")
final class Readings {

    static final class InstantNow {
        Instant read() {
            return Instant.now();
        }
    }

    static final class InstantNowByReference {
        Supplier<Instant> read() {
            return Instant::now;
        }
    }

    static final class InstantNowInALambda {
        Supplier<Instant> read() {
            return () -> Instant.now().plusSeconds(1);
        }
    }

    static final class Today {
        LocalDate read() {
            return LocalDate.now(ZoneOffset.UTC);
        }
    }

    static final class Millis {
        long read() {
            return System.currentTimeMillis();
        }
    }

    static final class Nanos {
        long read() {
            return System.nanoTime();
        }
    }

    static final class SystemClock {
        Clock read() {
            return Clock.systemUTC();
        }
    }

    static final class Environment {
        String read() {
            return System.getenv("HOME");
        }
    }

    static final class Property {
        String read() {
            return System.getProperty("user.name");
        }
    }

    static final class RandomId {
        UUID read() {
            return UUID.randomUUID();
        }
    }

    static final class NewRandom {
        Random read() {
            return new Random(1);
        }
    }

    static final class NewSecureRandom {
        SecureRandom read() {
            return new SecureRandom();
        }
    }

    static final class MathRandom {
        double read() {
            return Math.random();
        }
    }

    static final class ThreadRandom {
        int read() {
            return ThreadLocalRandom.current().nextInt();
        }
    }

    static final class Sleeper {
        void read() throws InterruptedException {
            Thread.sleep(1);
        }
    }
}
