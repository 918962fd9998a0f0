package holdfast.server.adoption;

/** All that an adoption asks for. */
public record Adopting(AdoptedScopes scopes, AdoptedFiles files) {}
