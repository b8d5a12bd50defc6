package dev.identities.api.pingfederate;

import dev.identities.address.RecordedAddress;
import dev.identities.listing.Directory;
import dev.identities.session.IdentityProvider;
import dev.identities.session.Session;
import dev.identities.session.UserId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Turns the domain into the API's bodies. */
final class PingRenderer {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Directory directory;

    PingRenderer(Directory directory) {
        this.directory = directory;
    }

    /** The documented object for the session used last, and in addition one such object per session. */
    PingJson.UserSessions latestAndEach(List<Session> sessions) {
        List<PingJson.SriSessions> each = each(sessions);
        return new PingJson.UserSessions(each.isEmpty() ? null : each.get(0), each);
    }

    /** One documented object per session, in the order given. */
    List<PingJson.SriSessions> each(List<Session> sessions) {
        return sessions.stream().map(this::session).toList();
    }

    /** A live session. */
    PingJson.SriSessions session(Session session) {
        return new PingJson.SriSessions(
                session.id().sid(),
                "HAS_VALID_SESSIONS",
                TIME.format(session.lastActive()),
                AuthnSource.of(session).stream()
                        .map(source -> authnSession(session, source))
                        .toList(),
                contextData(session));
    }

    private static PingJson.ContextData contextData(Session session) {
        String address = RecordedAddress.canonical(session.ipAddress());
        return new PingJson.ContextData(
                nullIfEmpty(address),
                nullIfEmpty(session.device().userAgent()),
                address.equals(session.ipAddress()) ? null : session.ipAddress(),
                session.grant()
                        .map(grant -> grant.name().toLowerCase(Locale.ROOT))
                        .orElse(null),
                session.impersonator().map(UserId::value).orElse(null));
    }

    /** The body for an SRI on the revocation list. */
    PingJson.SriSessions revoked(String sri) {
        return new PingJson.SriSessions(sri, "SESSION_REVOKED", null, null, null);
    }

    /** The body for an SRI whose session has expired, has ended otherwise, or was never there. */
    PingJson.SriSessions noSession(String sri) {
        return new PingJson.SriSessions(sri, "NO_VALID_SESSIONS", null, null, null);
    }

    /** No idle limit lies behind the maximum: clients show it as the time that is left. */
    private PingJson.AuthnSession authnSession(Session session, AuthnSource source) {
        Instant end = session.expires();
        Instant idle = session.idleExpiry().isAfter(end) ? end : session.idleExpiry();
        return new PingJson.AuthnSession(
                authnSource(source),
                source.id(session),
                TIME.format(source.created()),
                TIME.format(idle),
                TIME.format(end));
    }

    private PingJson.AuthnSource authnSource(AuthnSource source) {
        if (source.sourceType().equals(AuthnSource.ADAPTER)) {
            return new PingJson.AuthnSource(source.sourceType(), source.name(), null, source.adapterType());
        }
        IdentityProvider provider = directory.identityProvider(source.name());
        return new PingJson.AuthnSource(source.sourceType(), provider.alias(), nullIfEmpty(provider.issuer()), null);
    }

    private static String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
