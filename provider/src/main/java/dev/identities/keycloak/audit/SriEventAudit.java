package dev.identities.keycloak.audit;

import dev.identities.access.OAuthClientCaller;
import dev.identities.api.pingfederate.SriAudit;
import dev.identities.ending.Outcome;
import dev.identities.ending.RevocationReport;
import dev.identities.keycloak.users.Sha256;
import dev.identities.session.SessionRef;
import dev.identities.settings.RealmSettings;
import dev.identities.text.LogText;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
public final class SriEventAudit implements SriAudit {

    private static final String SRI_REVOKED = "SRI_REVOKED";
    private static final Logger LOG = Logger.getLogger("dev.identities.audit");

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmSettings settings;

    public SriEventAudit(KeycloakSession session, RealmModel realm, RealmSettings settings) {
        this.session = session;
        this.realm = realm;
        this.settings = settings;
    }

    @Override
    public void revoked(OAuthClientCaller client, Optional<String> userKey, RevocationReport report) {
        List<Outcome> done = report.auditable();
        if (done.isEmpty()) {
            return;
        }
        String key = userKey.map(this::shown).orElse(null);
        String address = session.getContext().getConnection().getRemoteHost();
        done.forEach(outcome -> log(
                SRI_REVOKED,
                outcome.status() == Outcome.Status.REVOKED,
                client,
                outcome.session(),
                "uniqueuserkey=\"" + (key == null ? "-" : key) + "\"",
                address));
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

    @Override
    public void listed(OAuthClientCaller client, String sri) {
        LOG.infof(
                "event=%s status=success realm=\"%s\" client=\"%s\" subject=- sri=\"%s\" kind=- uniqueuserkey=\"-\" ip=%s",
                SRI_REVOKED,
                LogText.clean(realm.getName()),
                LogText.clean(client.clientId()),
                LogText.clean(sri),
                LogText.clean(session.getContext().getConnection().getRemoteHost()));
    }

    @Override
    public void sourceDeleted(OAuthClientCaller client, SessionRef ref, String authnSessionId) {
        log(
                "AUTHN_SOURCE_SESSION_DELETED",
                true,
                client,
                ref,
                "authnsession=" + authnSessionId,
                session.getContext().getConnection().getRemoteHost());
    }

    private void log(
            String event, boolean success, OAuthClientCaller client, SessionRef ref, String what, String address) {
        LOG.infof(
                "event=%s status=%s realm=\"%s\" client=\"%s\" subject=%s sri=%s kind=%s %s ip=%s",
                event,
                success ? "success" : "failure",
                LogText.clean(realm.getName()),
                LogText.clean(client.clientId()),
                LogText.clean(ref.userId().value()),
                LogText.clean(ref.sid()),
                ref.kind().name().toLowerCase(Locale.ROOT),
                what,
                LogText.clean(address));
    }

    /** Where keys are hashed, the caller's hash is all there is; it is not hashed once more. */
    private String shown(String userKey) {
        return switch (settings.auditUserKey()) {
            case CLEAR -> LogText.clean(userKey);
            case NONE -> null;
            case HASH ->
                settings.userKey().hash().isPresent()
                        ? LogText.clean(userKey)
                        : HexFormat.of().formatHex(Sha256.of(userKey));
        };
    }
}
