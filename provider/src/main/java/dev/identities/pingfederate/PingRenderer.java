package dev.identities.pingfederate;

import dev.identities.catalog.Directory;
import dev.identities.session.Authentication;
import dev.identities.session.Broker;
import dev.identities.session.IdentityProvider;
import dev.identities.session.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;

/** Turns the domain into the API's bodies. */
final class PingRenderer {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** For sign-ins that leave no trace of an authenticator in the session: direct grants. */
    private static final String UNNAMED_ADAPTER = "direct-grant";

    private static final String UNNAMED_ADAPTER_TYPE = "Direct Grant";

    private final Directory directory;

    PingRenderer(Directory directory) {
        this.directory = directory;
    }

    /** The sessions of one key, most recently active first. */
    PingJson.UserSessions sessions(List<Session> sessions) {
        List<PingJson.SriSessions> each = sessions.stream().map(this::sri).toList();
        return new PingJson.UserSessions(each.isEmpty() ? null : each.get(0), each);
    }

    private PingJson.SriSessions sri(Session session) {
        return new PingJson.SriSessions(
                session.id().sid(),
                "HAS_VALID_SESSIONS",
                TIME.format(session.lastActive()),
                authnSessions(session),
                new PingJson.ContextData(
                        nullIfEmpty(session.ipAddress()),
                        nullIfEmpty(session.device().userAgent())));
    }

    private List<PingJson.AuthnSession> authnSessions(Session session) {
        if (session.broker().isPresent()) {
            return List.of(authnSession(session, connection(session.broker().get()), session.started()));
        }
        if (session.authentications().isEmpty()) {
            return List.of(authnSession(
                    session,
                    new PingJson.AuthnSource("ADAPTER", UNNAMED_ADAPTER, null, UNNAMED_ADAPTER_TYPE),
                    session.started()));
        }
        return session.authentications().stream()
                .map(step -> authnSession(session, adapter(step), step.at()))
                .toList();
    }

    private PingJson.AuthnSource connection(Broker broker) {
        IdentityProvider provider = directory.identityProvider(broker.alias());
        return new PingJson.AuthnSource("IDP_CONN", provider.alias(), nullIfEmpty(provider.issuer()), null);
    }

    private static PingJson.AuthnSource adapter(Authentication step) {
        return new PingJson.AuthnSource("ADAPTER", step.authenticator(), null, step.name());
    }

    private static PingJson.AuthnSession authnSession(Session session, PingJson.AuthnSource source, Instant created) {
        return new PingJson.AuthnSession(
                source,
                id(session, source),
                TIME.format(created),
                TIME.format(session.idleExpiry()),
                TIME.format(session.expires()));
    }

    /** Forty hexadecimal digits, the same for the same source of the same session: a name, not a secret. */
    private static String id(Session session, PingJson.AuthnSource source) {
        String name =
                String.join("|", session.id().sid(), session.id().kind().name(), source.sourceType(), source.id());
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
