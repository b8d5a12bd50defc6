package dev.identities.keycloak;

import dev.identities.access.OAuthClientCaller;
import dev.identities.pingfederate.SriAudit;
import dev.identities.revocation.LogText;
import dev.identities.revocation.Outcome;
import dev.identities.revocation.RevocationReport;
import dev.identities.settings.AuditUserKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * A LOGOUT event and one line of log per revoked SRI, under the name that PingFederate's audit log has for it and that
 * SIEM parsers look for.
 */
final class SriEventAudit implements SriAudit {

    private static final String SRI_REVOKED = "SRI_REVOKED";
    private static final Logger LOG = Logger.getLogger("dev.identities.audit");

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AuditUserKey shown;

    SriEventAudit(KeycloakSession session, RealmModel realm, AuditUserKey shown) {
        this.session = session;
        this.realm = realm;
        this.shown = shown;
    }

    @Override
    public void revoked(OAuthClientCaller client, String userKey, RevocationReport report) {
        List<Outcome> done = report.deeds();
        if (done.isEmpty()) {
            return;
        }
        String key = shown(userKey);
        String address = session.getContext().getConnection().getRemoteHost();
        done.forEach(outcome -> log(client, key, address, outcome));
        try {
            KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), own -> {
                RealmModel ownRealm = own.realms().getRealm(realm.getId());
                own.getContext().setRealm(ownRealm);
                done.forEach(outcome -> event(own, ownRealm, client, key, address, outcome));
            });
        } catch (RuntimeException e) {
            // The sessions are gone: an answer that says otherwise would be wrong, and the log has the record.
            LOG.error("The events of a revocation could not be written", e);
        }
    }

    private static void event(
            KeycloakSession own,
            RealmModel realm,
            OAuthClientCaller client,
            String key,
            String address,
            Outcome outcome) {
        EventBuilder event = new EventBuilder(realm, own)
                .event(EventType.LOGOUT)
                .ipAddress(address)
                .client(client.clientId())
                .user(outcome.session().userId().value())
                .session(outcome.session().sid())
                .detail("reason", SRI_REVOKED)
                .detail("kind", outcome.session().kind().name().toLowerCase(Locale.ROOT));
        if (key != null) {
            event.detail("user_key", key);
        }
        if (!outcome.deliveries().isEmpty()) {
            event.detail("applications", AdminEventAudit.deliveries(outcome.deliveries()));
        }
        if (outcome.status() == Outcome.Status.REVOKED) {
            event.success();
        } else {
            event.error("revocation_failed");
        }
    }

    private void log(OAuthClientCaller client, String key, String address, Outcome outcome) {
        LOG.infof(
                "event=%s status=%s realm=\"%s\" client=\"%s\" subject=%s sri=%s kind=%s uniqueuserkey=\"%s\" ip=%s",
                SRI_REVOKED,
                outcome.status() == Outcome.Status.REVOKED ? "success" : "failure",
                LogText.clean(realm.getName()),
                LogText.clean(client.clientId()),
                LogText.clean(outcome.session().userId().value()),
                LogText.clean(outcome.session().sid()),
                outcome.session().kind().name().toLowerCase(Locale.ROOT),
                key == null ? "-" : key,
                LogText.clean(address));
    }

    private String shown(String userKey) {
        return switch (shown) {
            case CLEAR -> LogText.clean(userKey);
            case NONE -> null;
            case HASH -> sha256(userKey);
        };
    }

    private static String sha256(String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
