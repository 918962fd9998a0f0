package holdfast.server.identity;

/** How somebody shows who they are. */
public enum IdentityType {
    X509,
    GSS,
    USERPASS,
    SSH,
    SAML,
    OIDC
}
