package dev.identities.session;

import java.time.Instant;

/**
 * One application that a session reached (Keycloak's client session).
 *
 * @param clientUuid Keycloak's internal id of the client
 * @param started when the session first reached it; never null
 * @param lastActive when it last got a token in this session: sign-in, single sign-on or refresh, not clicks
 */
public record ClientUse(String clientUuid, Instant started, Instant lastActive) {}
