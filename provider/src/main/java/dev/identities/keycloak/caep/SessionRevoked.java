package dev.identities.keycloak.caep;

/**
 * The event that receivers get for one ended session.
 *
 * @param userId Keycloak's id of the user
 * @param sid Keycloak's session id; the online and the offline session of one id are one event
 * @param by who wanted the end
 * @param reason the caller's words; untrusted, empty when there are none
 * @param second when it ended, in seconds since the epoch
 */
public record SessionRevoked(String userId, String sid, InitiatingEntity by, String reason, long second) {}
