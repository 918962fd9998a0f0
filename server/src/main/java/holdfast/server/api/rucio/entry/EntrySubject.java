package holdfast.server.api.rucio.entry;

import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.Subject;

/** Is somebody there, and who am I. */
public final class EntrySubject implements Subject {
    /** The version of the field's server whose answers these are; clients look at it. */
    private static final String VERSION = "41.0.0";

    private static final String VOS = "there is one VO here";

    @Override
    public void contribute(RouteBook book) {
        book.supports("GET /ping", EntrySubject::version)
                .supports("GET /", EntrySubject::version)
                .supports(
                        "GET /accounts/whoami",
                        call -> Answer.seeOther(call.account().name()))
                .refuses("POST /vos/{vo}/recover", VOS)
                .refuses("POST /vos/{vo}", VOS)
                .refuses("PUT /vos/{vo}", VOS)
                .refuses("GET /vos/", VOS);
    }

    private static Answer version(RucioCall call) {
        return Answer.json(out -> out.begin().put("version", VERSION).end());
    }
}
