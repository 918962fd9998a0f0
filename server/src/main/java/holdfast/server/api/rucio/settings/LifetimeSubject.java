package holdfast.server.api.rucio.settings;

import holdfast.access.Action;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.Ids;
import holdfast.server.api.rucio.wire.JsonOut;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.RucioError;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.LifetimeExceptions;
import holdfast.server.catalog.LifetimeExceptions.LifetimeException;
import holdfast.server.catalog.LifetimeExceptions.Made;
import holdfast.server.catalog.LifetimeExceptions.Named;
import holdfast.server.catalog.LifetimeExceptions.State;
import holdfast.server.catalog.Permissions;
import holdfast.server.catalog.Writer;
import holdfast.vocabulary.DataId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Requests that collections live longer. */
public final class LifetimeSubject implements Subject {
    private static final int CREATED = 201;
    private static final int MOST = 10_000;
    private static final int LONGEST = 4_000;
    private static final String ENDS =
            "an exception is about collections with a lifetime; when it is approved their end"
                    + " moves to its date, or away where it has none";

    private final LifetimeExceptions exceptions;
    private final Permissions permissions;

    public LifetimeSubject(LifetimeExceptions exceptions, Permissions permissions) {
        this.exceptions = exceptions;
        this.permissions = permissions;
    }

    @Override
    public void contribute(RouteBook book) {
        book.supports(
                        "GET /lifetime_exceptions/",
                        call -> Answer.lines(
                                out -> exceptions.all(call.sees()).forEach((id, one) -> write(out, id, one))))
                .supports("GET /lifetime_exceptions/{exception_id}", this::one)
                .differs("POST /lifetime_exceptions/", ENDS, this::add)
                .differs("PUT /lifetime_exceptions/{exception_id}", ENDS, this::decide);
    }

    private static String id(RucioCall call) {
        return Ids.read(call.path("exception_id")).map(Ids::text).orElse(call.path("exception_id"));
    }

    private Answer one(RucioCall call) {
        LifetimeException found = exceptions.must(id(call), call.sees());
        return Answer.lines(out -> write(out, id(call), found));
    }

    /** A line for each DID. */
    private static void write(JsonOut out, String id, LifetimeException one) {
        for (Named did : one.dids()) {
            out.begin()
                    .put("id", id)
                    .put("scope", did.scope())
                    .put("name", did.name())
                    .put("did_type", did.type())
                    .put("account", one.account())
                    .put("comments", one.comments())
                    .put("pattern", one.pattern())
                    .put("state", one.state())
                    .put("created_at", one.created())
                    .put("updated_at", one.updated())
                    .put("expires_at", one.expires())
                    .end();
        }
    }

    private Answer add(RucioCall call) {
        Parameters sent = call.parameters();
        List<DataId> wanted =
                sent.maybeList("dids").stream().map(Parameters::did).distinct().toList();
        if (wanted.isEmpty() || wanted.size() > MOST) {
            throw RucioError.invalid("an exception names 1 to " + MOST + " dids");
        }
        LifetimeExceptions.Asked asked = new LifetimeExceptions.Asked(
                brief(sent.maybeText("comments").orElse("")),
                sent.maybeText("pattern").map(LifetimeSubject::brief),
                sent.maybeDate("expires_at"));
        permissions.require(call.account(), Action.ADD_LIFETIME_EXCEPTION);
        Made made = exceptions.add(Writer.knowing(call.account(), call.sees()), wanted, asked);
        return Answer.json(CREATED, out -> {
            out.begin().key("exceptions").begin();
            made.id().ifPresent(id -> out.putList(Ids.text(id), made.affected(), LifetimeSubject::did));
            out.end();
            out.putList("unknown", made.unknown(), LifetimeSubject::did)
                    .putList("not_affected", made.notAffected(), LifetimeSubject::did)
                    .end();
        });
    }

    private static String brief(String text) {
        if (text.length() > LONGEST) {
            throw RucioError.invalid("comments and patterns have at most " + LONGEST + " characters");
        }
        return text;
    }

    private static void did(JsonOut out, Named did) {
        out.begin()
                .put("scope", did.scope())
                .put("name", did.name())
                .put("did_type", did.type())
                .end();
    }

    private Answer decide(RucioCall call) {
        Optional<String> sent = call.parameters().maybeText("state");
        State state = switch (sent.orElse("").toUpperCase(Locale.ROOT)) {
            case "A", "APPROVED" -> State.APPROVED;
            case "R", "REJECTED" -> State.REJECTED;
            default ->
                throw RucioError.bad(
                        "UnsupportedOperation",
                        "the state of an exception becomes APPROVED or REJECTED, not '" + sent.orElse("") + "'");
        };
        permissions.require(call.account(), Action.UPDATE_LIFETIME_EXCEPTION);
        exceptions.decide(call.account(), id(call), state, call.sees());
        return Answer.created();
    }
}
