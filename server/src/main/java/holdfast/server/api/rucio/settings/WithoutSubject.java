package holdfast.server.api.rucio.settings;

import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.Subject;

/** What the house does without, and says so. */
public final class WithoutSubject implements Subject {
    private static final String SIGN = "no cloud storage is signed for; elements of this kind come later";

    @Override
    public void contribute(RouteBook book) {
        book.differs(
                        "GET /heartbeats",
                        "always empty: there are no daemons that share work by heartbeat, nodes lease it",
                        call -> Answer.json(out -> out.beginList().endList()))
                .refuses("POST /heartbeats", "work is leased here, so no daemon announces itself")
                .refuses("GET /credentials/signurl", SIGN)
                .refuses("GET /credentials/signur", SIGN);
    }
}
