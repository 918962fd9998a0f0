package holdfast.server.adoption;

/** All that an adoption asks for, in the order in which it asks. */
public record Adopting(
        AdoptedScopes scopes,
        AdoptedFiles files,
        AdoptedCollections collections,
        AdoptedContents contents,
        AdoptedRules rules,
        AdoptedLocks locks,
        AdoptionStatus status) {}
