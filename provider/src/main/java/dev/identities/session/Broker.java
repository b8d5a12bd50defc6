package dev.identities.session;

/**
 * The identity provider through which a session came.
 *
 * @param alias the identity provider's alias in the realm
 * @param externalUserId the person's id there; empty when unknown
 */
public record Broker(String alias, String externalUserId) {}
