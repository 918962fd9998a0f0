/**
 * The floor on which Rucio's endpoints stand: one servlet, a router over the raw address, {@link
 * holdfast.server.api.rucio.wire.RucioCall} in, {@link holdfast.server.api.rucio.wire.Answer} out.
 *
 * <p>A subject answers endpoints by their keys in {@code rucio/endpoints.tsv}:
 *
 * <pre>{@code
 * public final class ScopeSubject implements Subject {
 *     public void contribute(RouteBook book) {
 *         book.supports("GET /scopes/", call -> Answer.json(out -> out.value(scopes.names())))
 *                 .supports("POST /accounts/{account}/scopes/{scope}", this::add)
 *                 .differs("GET /dids/{scope}/{name}/dids", "sorted by name", this::content)
 *                 .refuses("GET /vos/", "there is one VO here");
 *     }
 *
 *     private Answer add(RucioCall call) {
 *         Parameters sent = call.parametersIfAny();               // 400 by itself where it is no JSON object
 *         scopes.add(call.path("scope"), call.account(), sent.maybeText("comment")); // throws RucioError.conflict(..)
 *         return Answer.created();
 *     }
 *
 *     private Answer content(RucioCall call) {                    // each value at the root is one line
 *         return Answer.lines(out -> catalogue.children(call.did(), child -> out.begin()
 *                 .put("scope", child.scope()).put("name", child.name()).put("bytes", child.bytes()).end()));
 *     }
 * }
 * }</pre>
 */
@NullMarked
package holdfast.server.api.rucio.wire;

import org.jspecify.annotations.NullMarked;
