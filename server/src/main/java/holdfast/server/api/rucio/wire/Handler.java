package holdfast.server.api.rucio.wire;

/** Answers one endpoint. Failures are {@link RucioError}s; anything else is a defect and becomes a 500. */
@FunctionalInterface
public interface Handler {
    Answer answer(RucioCall call);
}
