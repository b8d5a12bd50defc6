package dev.identities.keycloak.audit;

import dev.identities.access.OAuthClientCaller;
import dev.identities.api.pingfederate.SriAudit;
import dev.identities.ending.Cause;
import dev.identities.ending.Outcome;
import dev.identities.keycloak.users.Sha256;
import dev.identities.session.Actor;
import dev.identities.session.SessionRef;
import dev.identities.settings.RealmSettings;
import dev.identities.text.LogText;
import java.util.HexFormat;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** LOGOUT events and lines of log under the names of PingFederate's audit log, because SIEM parsers look for them. */
public final class SriVocabulary implements Vocabulary, SriAudit {

    private static final String SRI_REVOKED = "SRI_REVOKED";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmSettings settings;

    public SriVocabulary(KeycloakSession session, RealmModel realm, RealmSettings settings) {
        this.session = session;
        this.realm = realm;
        this.settings = settings;
    }

    @Override
    public String line(Cause cause, Outcome outcome) {
        return line(
                SRI_REVOKED,
                outcome.status() == Outcome.Status.REVOKED,
                cause.actor(),
                outcome.session(),
                "uniqueuserkey=\"" + shown(cause).orElse("-") + "\"");
    }

    @Override
    public void write(KeycloakSession own, Cause cause, Outcome outcome) {
        EventBuilder event = new EventBuilder(own.getContext().getRealm(), own)
                .event(EventType.LOGOUT)
                .ipAddress(address())
                .client(cause.actor().id())
                .user(outcome.session().userId().value())
                .session(outcome.session().sid())
                .detail("reason", SRI_REVOKED)
                .detail("kind", Vocabulary.name(outcome.session().kind()));
        shown(cause).ifPresent(key -> event.detail("user_key", key));
        if (!outcome.deliveries().isEmpty()) {
            event.detail("applications", Vocabulary.deliveries(outcome.deliveries()));
        }
        if (outcome.status() == Outcome.Status.REVOKED) {
            event.success();
        } else {
            event.error("revocation_failed");
        }
    }

    @Override
    public void listed(OAuthClientCaller client, String sri) {
        EndingAudit.LOG.infof(
                "event=%s status=success realm=\"%s\" client=\"%s\" subject=- sri=\"%s\" kind=- uniqueuserkey=\"-\" ip=\"%s\"",
                SRI_REVOKED,
                LogText.clean(realm.getName()),
                LogText.clean(client.clientId()),
                LogText.clean(sri),
                LogText.clean(address()));
    }

    @Override
    public void sourceDeleted(OAuthClientCaller client, SessionRef ref, String authnSessionId) {
        EndingAudit.LOG.info(line("AUTHN_SOURCE_SESSION_DELETED", true, client, ref, "authnsession=" + authnSessionId));
    }

    private String line(String event, boolean success, Actor client, SessionRef ref, String what) {
        return "event=%s status=%s realm=\"%s\" client=\"%s\" subject=%s sri=%s kind=%s %s ip=\"%s\""
                .formatted(
                        event,
                        success ? "success" : "failure",
                        LogText.clean(realm.getName()),
                        LogText.clean(client.id()),
                        LogText.clean(ref.userId().value()),
                        LogText.clean(ref.sid()),
                        Vocabulary.name(ref.kind()),
                        what,
                        LogText.clean(address()));
    }

    private String address() {
        return session.getContext().getConnection().getRemoteHost();
    }

    /** A realm that hashes keys gets the caller's hash as it is. It is not hashed a second time. */
    private Optional<String> shown(Cause cause) {
        return cause.userKey().flatMap(key -> switch (settings.auditUserKey()) {
            case CLEAR -> Optional.of(LogText.clean(key));
            case NONE -> Optional.empty();
            case HASH ->
                Optional.of(
                        settings.userKey().hash().isPresent()
                                ? LogText.clean(key)
                                : HexFormat.of().formatHex(Sha256.of(key)));
        });
    }
}
