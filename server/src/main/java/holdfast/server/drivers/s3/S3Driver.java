package holdfast.server.drivers.s3;

import holdfast.server.clock.HouseClock;
import holdfast.server.drivers.ElementDriver;
import holdfast.server.drivers.MarkText;
import holdfast.server.drivers.Probe;
import holdfast.server.drivers.Start;
import holdfast.storage.Visitor;
import holdfast.vocabulary.BadWord;
import holdfast.vocabulary.ByteSize;
import holdfast.vocabulary.StorageName;
import holdfast.vocabulary.StoragePath;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hc.client5.http.DnsResolver;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * A storage element that is a bucket of an object store, or a prefix in one, reached by S3. An object lies under the
 * prefix and its own path, so that any client of S3 reads it with no help of ours; what is ours begins with
 * {@code .holdfast}.
 */
public final class S3Driver implements ElementDriver {
    private final S3Settings settings;
    private final Start start;
    private final HouseClock clock;
    private final S3Access access;
    private final Bucket bucket;
    private final S3Mark mark;
    private final Probe probe;
    private final Map<Visitor, Outsider> outsiders = new EnumMap<>(Visitor.class);
    /** What is known of the bucket once it was recognised. */
    private volatile Optional<Recognised> recognised = Optional.empty();

    private record Recognised(Shelf shelf, Writer writer) {}

    /** @param addresses what may be connected to under the endpoint's name */
    S3Driver(StorageName name, S3Settings settings, Start start, HouseClock clock, DnsResolver addresses) {
        this.settings = settings;
        this.start = start;
        this.clock = clock;
        access = new S3Access(settings, addresses);
        bucket = new Bucket(
                access.client(),
                access.streams(),
                settings.place(),
                settings.endpoint().modernChecksums());
        mark = new S3Mark(name, bucket);
        probe = new Probe(this::reachNow, settings.answersWithin());
        outsiders.put(Visitor.ANONYMOUS, S3Access.outsider(settings, addresses, AnonymousCredentialsProvider.create()));
        settings.keys()
                .stranger()
                .map(SecretFile::new)
                .ifPresent(keys -> outsiders.put(Visitor.STRANGER, S3Access.outsider(settings, addresses, keys)));
    }

    @Override
    public Initialised initialise(boolean firstTime) {
        try {
            Shelf shelf = new Fitness(bucket).shelf(settings.lockDays().isPresent());
            Initialised outcome = mark.initialise(firstTime, shelf);
            if (outcome instanceof Initialised.Refused) {
                return outcome;
            }
            new Leftovers(bucket, shelf).clear(start.abandonedBefore());
            Honours honours = Honours.tried(bucket, shelf);
            recognised = Optional.of(new Recognised(shelf, new Writer(bucket, shelf, settings, honours, clock)));
            return outcome;
        } catch (SdkException e) {
            return new Initialised.Refused(Failures.words(e));
        } catch (IOException e) {
            return new Initialised.Refused(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Reach reach() {
        return probe.ask();
    }

    private Reach reachNow() {
        return recognised.isEmpty() ? new Reach.Silent("not recognised yet since this server started") : mark.reach();
    }

    @Override
    public Written write(StoragePath path, ByteSize size, InputStream bytes) {
        if (reachNow() instanceof Reach.Silent silent) {
            return new Written.Refused("the element is silent: " + silent.why());
        }
        return write(new NewBytes(path, size, bytes));
    }

    @Override
    public List<Written> writeAll(List<NewBytes> requests) {
        if (reachNow() instanceof Reach.Silent silent) {
            return Collections.nCopies(requests.size(), new Written.Refused("the element is silent: " + silent.why()));
        }
        return new Batch(this::write).write(requests);
    }

    private Written write(NewBytes request) {
        return isReserved(request.path())
                ? new Written.Refused(
                        "names that begin with %s are kept for the driver's own".formatted(MarkText.HIDDEN))
                : recognised.orElseThrow().writer().write(request);
    }

    @Override
    public Seen look(StoragePath path) {
        try {
            Optional<Standing> standing = find(path);
            if (standing.isEmpty()) {
                // It counts only if the element is there now, and still has nothing there.
                mark.require();
                standing = find(path);
            }
            return standing.<Seen>map(s -> new Seen.Present(s.size(), Locality.ONLINE, Optional.of(s.locator())))
                    .orElseGet(Seen.Absent::new);
        } catch (SdkException e) {
            return new Seen.Unreachable(Failures.words(e));
        } catch (IOException e) {
            return new Seen.Unreachable(String.valueOf(e.getMessage()));
        }
    }

    private Optional<Standing> find(StoragePath path) throws IOException {
        Shelf shelf = requireRecognised().shelf();
        return isReserved(path) ? Optional.empty() : shelf.find(settings.place().key(path));
    }

    private Recognised requireRecognised() throws IOException {
        return recognised.orElseThrow(() -> new IOException("the element was not recognised yet"));
    }

    @Override
    public InputStream open(StoragePath path) throws IOException {
        try {
            Standing standing = require(path);
            return Opened.of(bucket, standing.key(), standing.version());
        } catch (SdkException e) {
            throw new IOException(Failures.words(e), e);
        }
    }

    private Standing require(StoragePath path) throws IOException {
        Optional<Standing> standing = find(path);
        if (standing.isEmpty()) {
            mark.require();
            throw new NoSuchFileException(path.path());
        }
        return standing.get();
    }

    @Override
    public Optional<URI> readableAt(StoragePath path, Duration time) throws IOException {
        try {
            Standing standing = require(path);
            GetObjectRequest request = GetObjectRequest.builder()
                    .bucket(bucket.name())
                    .key(standing.key())
                    .versionId(standing.version().orElse(null))
                    .build();
            return Optional.of(URI.create(access.presigner()
                    .presignGetObject(p -> p.getObjectRequest(request).signatureDuration(time))
                    .url()
                    .toExternalForm()));
        } catch (SdkException e) {
            throw new IOException(Failures.words(e), e);
        }
    }

    @Override
    public void list(Consumer<Listed> each) throws IOException {
        list(each, foreign -> {});
    }

    @Override
    public void list(Consumer<Listed> each, Consumer<Foreign> notOurs) throws IOException {
        Shelf shelf = requireRecognised().shelf();
        mark.require();
        try {
            shelf.list(standing -> listed(standing, each, notOurs), notOurs);
        } catch (SdkException e) {
            throw new IOException(Failures.words(e), e);
        }
        mark.require();
    }

    private void listed(Standing standing, Consumer<Listed> each, Consumer<Foreign> notOurs) {
        if (bucket.isHidden(standing.key())) {
            return;
        }
        String path = bucket.path(standing.key());
        StoragePath ours;
        try {
            ours = new StoragePath(path);
        } catch (BadWord e) {
            notOurs.accept(new Foreign(path, "its name is no storage path"));
            return;
        }
        each.accept(new Listed(ours, standing.size()));
    }

    @Override
    public Map<StoragePath, Recalled> recall(Collection<StoragePath> paths) {
        Map<StoragePath, Recalled> answers = new HashMap<>();
        paths.forEach(path -> answers.put(
                path,
                switch (look(path)) {
                    case Seen.Present _ -> Recalled.ONLINE_ALREADY;
                    case Seen.Absent _ -> Recalled.FAILED;
                    case Seen.Unreachable _ -> Recalled.NOT_YET;
                }));
        return answers;
    }

    /** A refusal tells something only of what we ourselves see at the very key that was asked. */
    @Override
    public Knock knock(StoragePath path, Visitor visitor) {
        Outsider outsider = outsiders.get(visitor);
        if (outsider == null) {
            return new Knock.NotKnown(
                    "no keys of a non-member are named: give the element the setting 'stranger-secret-file'");
        }
        Knock met = outsider.knock(settings.place().key(path));
        return !(met instanceof Knock.Refused) || look(path) instanceof Seen.Present
                ? met
                : new Knock.NotKnown("we ourselves do not see what was refused there");
    }

    @Override
    public Removed release(StoragePath path) {
        if (reachNow() instanceof Reach.Silent silent) {
            return new Removed.Unknown("the element is silent: " + silent.why());
        }
        if (isReserved(path)) {
            return new Removed.Absent();
        }
        try {
            return recognised.orElseThrow().shelf().remove(settings.place().key(path));
        } catch (SdkException e) {
            return new Removed.Unknown(Failures.words(e));
        }
    }

    private static boolean isReserved(StoragePath path) {
        return path.path().startsWith(MarkText.HIDDEN);
    }

    @Override
    public void close() {
        outsiders.values().forEach(Outsider::close);
        access.close();
    }
}
