package holdfast.server.adoption;

import holdfast.vocabulary.DataId;

/**
 * What the other server says and this one does not take, or only in part; listed, never merged.
 *
 * @param what bytes, adler32, md5, type, name, account, metadata, rse, path, state, collection, rule or lock
 * @param here what stands here, or why it cannot
 * @param there what the other server says
 */
public record Conflict(String scope, String name, String what, String here, String there) {
    static Conflict of(DataId id, String what, String here, String there) {
        return new Conflict(id.scope().name(), id.name(), what, here, there);
    }
}
