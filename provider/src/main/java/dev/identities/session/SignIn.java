package dev.identities.session;

import java.time.Instant;
import java.util.Optional;

/**
 * The sign-in that began a live session: when, from where and with what. It is the part of a session that can be
 * compared with the person's other sessions.
 *
 * @param id the session's id
 * @param userId Keycloak's id of the user
 * @param started when the session was created
 * @param ipAddress as Keycloak recorded it at that moment, which may be any text; empty when unknown
 * @param device the device, by the browser's own words
 * @param grant by which request the session began; empty for a sign-in in a browser, and when unknown
 * @param impersonator Keycloak's id of the administrator who became this person; empty for a session of their own
 */
public record SignIn(
        SessionId id,
        UserId userId,
        Instant started,
        String ipAddress,
        Device device,
        Optional<Grant> grant,
        Optional<UserId> impersonator) {}
