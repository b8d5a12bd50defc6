package dev.identities.session;

/**
 * An identity provider of the realm, or the realm itself as the provider of its own accounts.
 *
 * @param alias alias in the realm; empty for the realm itself
 * @param name display name
 * @param issuer OIDC issuer, SAML entity id, or else the address of its authorization endpoint's host; empty when
 *     unknown
 */
public record IdentityProvider(String alias, String name, String issuer) {}
