package dev.identities.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One live user session.
 *
 * @param id its id in our APIs
 * @param userId Keycloak's id of the user; the user may be gone
 * @param started when the session was created
 * @param lastSignIn when the person last went through a sign-in with it (single sign-on visits included)
 * @param lastActive last sign-in, single sign-on visit or token refresh; Keycloak does not see clicks
 * @param idleExpiry when it ends unless it is used again
 * @param maxExpiry when it ends in any case; empty for offline sessions without a maximum lifespan
 * @param ipAddress as Keycloak recorded it when the session was created, which may be any text: see
 *     {@code dev.identities.address.RecordedAddress}; empty when unknown
 * @param device the device, by the browser's own words
 * @param protocol {@code openid-connect} or {@code saml}; empty when unknown
 * @param grant by which request it began; empty for a sign-in in a browser, and when unknown
 * @param broker the identity provider, unless the person signed in locally
 * @param impersonator Keycloak's id of the administrator who became this person, maybe in another realm; empty for a
 *     session of the person's own
 * @param authentications the steps of the sign-in, in time order; may be empty (direct grant)
 * @param clients applications reached, most recently used first
 */
public record Session(
        SessionId id,
        UserId userId,
        Instant started,
        Instant lastSignIn,
        Instant lastActive,
        Instant idleExpiry,
        Optional<Instant> maxExpiry,
        String ipAddress,
        Device device,
        String protocol,
        boolean rememberMe,
        Optional<Grant> grant,
        Optional<Broker> broker,
        Optional<UserId> impersonator,
        List<Authentication> authentications,
        List<ClientUse> clients) {

    /** The reference by which the session can be ended. */
    public SessionRef ref() {
        return new SessionRef(id.sid(), id.kind(), userId);
    }

    /** The sign-in that began it. */
    public SignIn signIn() {
        return new SignIn(id, userId, started, ipAddress, device, grant, impersonator);
    }

    /** When the session ends at the latest as things stand: its maximum if it has one, else its idle limit. */
    public Instant expires() {
        return maxExpiry.orElse(idleExpiry);
    }

    /** Whether it came through the identity provider of that alias. */
    public boolean cameThrough(String alias) {
        return broker.filter(through -> through.alias().equals(alias)).isPresent();
    }
}
