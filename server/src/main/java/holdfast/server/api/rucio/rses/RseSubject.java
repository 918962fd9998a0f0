package holdfast.server.api.rucio.rses;

import holdfast.access.Action;
import holdfast.access.Subject.Element;
import holdfast.server.api.rucio.wire.Answer;
import holdfast.server.api.rucio.wire.Parameters;
import holdfast.server.api.rucio.wire.RouteBook;
import holdfast.server.api.rucio.wire.RucioCall;
import holdfast.server.api.rucio.wire.Subject;
import holdfast.server.catalog.Permissions;
import holdfast.server.catalog.Rse;
import holdfast.server.catalog.RseChanges;
import holdfast.server.catalog.Rses;
import java.util.Optional;
import java.util.Set;

/** Elements, their attributes, limits and policies. */
public final class RseSubject implements Subject {
    private static final String OF_THE_SITES_FILE =
            "what the sites file says of an element is changed there: 409 UnsupportedOperation";

    private final Rses rses;
    private final RseChanges changes;
    private final Permissions permissions;

    public RseSubject(Rses rses, RseChanges changes, Permissions permissions) {
        this.rses = rses;
        this.changes = changes;
        this.permissions = permissions;
    }

    @Override
    public void contribute(RouteBook book) {
        book.differs(
                        "GET /rses/",
                        "elements of the sites file are RSEs too, without dates; answers are never a cache's",
                        this::list)
                .supports("GET /rses/{rse}", call -> Answer.json(out -> RseJson.settings(out, rse(call))))
                .differs(
                        "POST /rses/{rse}",
                        "names begin with a letter, may be in mixed case, and their ids follow from them",
                        this::add)
                .differs(
                        "PUT /rses/{rse}",
                        "an RSE keeps its name: copies stand under it; " + OF_THE_SITES_FILE,
                        this::update)
                .differs("DELETE /rses/{rse}", "an element of the sites file is taken out there", this::remove)
                .supports(
                        "GET /rses/{rse}/attr/",
                        call -> Answer.json(
                                out -> RseJson.attributes(out, rse(call).attributes())))
                .differs(
                        "POST /rses/{rse}/attr/{key}",
                        "an unknown lfn2pfn_algorithm is refused; " + OF_THE_SITES_FILE,
                        this::attribute)
                .differs("DELETE /rses/{rse}/attr/{key}", OF_THE_SITES_FILE, this::removeAttribute);
        limitsAndPolicies(book);
    }

    private void limitsAndPolicies(RouteBook book) {
        book.supports(
                        "GET /rses/{rse}/limits",
                        call -> Answer.json(out -> out.value(rse(call).limits())))
                .supports("PUT /rses/{rse}/limits", this::limit)
                .supports("DELETE /rses/{rse}/limits", this::removeLimit)
                .supports("GET /rses/{rse}/qos_policy", this::policies)
                .supports("POST /rses/{rse}/qos_policy/{policy}", this::addPolicy)
                .supports("DELETE /rses/{rse}/qos_policy/{policy}", this::removePolicy);
    }

    private Rse rse(RucioCall call) {
        return rses.find(call.path("rse"));
    }

    /** For a permission; what is not there is of no site. */
    private holdfast.access.Subject element(RucioCall call) {
        String name = call.path("rse");
        return holdfast.access.Subject.at(new Element(name, rses.attributes(name)));
    }

    private Answer list(RucioCall call) {
        Optional<String> expression = call.query().text("expression").filter(text -> !text.isEmpty());
        return expression.isPresent()
                ? Answer.lines(
                        rses.matching(expression.get()),
                        (out, rse) -> out.begin().put("rse", rse.name().name()).end())
                : Answer.lines(rses.all(), RseJson::row);
    }

    private Answer add(RucioCall call) {
        Parameters sent = call.parametersIfAny();
        permissions.require(call.account(), Action.ADD_RSE);
        changes.add(call.account(), call.path("rse"), sent);
        return Answer.created();
    }

    private Answer update(RucioCall call) {
        Parameters sent = call.parametersIfAny();
        permissions.require(call.account(), Action.UPDATE_RSE, element(call));
        changes.update(call.account(), rse(call), sent);
        return Answer.created();
    }

    private Answer remove(RucioCall call) {
        permissions.require(call.account(), Action.DELETE_RSE);
        changes.remove(call.account(), rse(call));
        return Answer.empty();
    }

    private Answer attribute(RucioCall call) {
        Parameters sent = call.parameters();
        permissions.require(call.account(), Action.SET_RSE_ATTRIBUTE);
        changes.attribute(call.account(), rse(call), call.path("key"), sent.mustNode("value"));
        return Answer.created();
    }

    private Answer removeAttribute(RucioCall call) {
        permissions.require(call.account(), Action.SET_RSE_ATTRIBUTE);
        changes.removeAttribute(call.account(), rse(call), call.path("key"));
        return Answer.empty();
    }

    private Answer limit(RucioCall call) {
        Parameters sent = call.parameters();
        permissions.require(call.account(), Action.SET_RSE_LIMIT, element(call));
        changes.limit(call.account(), rse(call), sent.text("name"), sent.number("value"));
        return Answer.empty();
    }

    private Answer removeLimit(RucioCall call) {
        Parameters sent = call.parameters();
        permissions.require(call.account(), Action.SET_RSE_LIMIT, element(call));
        changes.removeLimit(call.account(), rse(call), sent.text("name"));
        return Answer.empty();
    }

    private Answer policies(RucioCall call) {
        Set<String> policies = changes.policies(rse(call));
        return Answer.json(out -> out.value(policies));
    }

    private Answer addPolicy(RucioCall call) {
        permissions.require(call.account(), Action.SET_QOS_POLICY);
        changes.addPolicy(call.account(), rse(call), call.path("policy"));
        return Answer.created();
    }

    private Answer removePolicy(RucioCall call) {
        permissions.require(call.account(), Action.SET_QOS_POLICY);
        changes.removePolicy(call.account(), rse(call), call.path("policy"));
        return Answer.empty();
    }
}
