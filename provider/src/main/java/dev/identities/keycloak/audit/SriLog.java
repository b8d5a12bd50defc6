package dev.identities.keycloak.audit;

import dev.identities.access.OAuthClientCaller;
import dev.identities.api.pingfederate.SriAudit;
import dev.identities.keycloak.sessions.TransientUsers;
import dev.identities.session.Actor;
import dev.identities.session.SessionRef;
import dev.identities.text.LogText;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Lines of log under the names of PingFederate's audit log, because SIEM parsers look for them. */
public record SriLog(KeycloakSession session, RealmModel realm) implements SriAudit {

    static final String SRI_REVOKED = "SRI_REVOKED";

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
    public void incomplete(OAuthClientCaller client) {
        EndingAudit.LOG.warnf(
                "event=%s status=incomplete realm=\"%s\" client=\"%s\" subject=- sri=- kind=- uniqueuserkey=\"-\""
                        + " ip=\"%s\" reason=\"only %d sessions without a stored account were looked at\"",
                SRI_REVOKED,
                LogText.clean(realm.getName()),
                LogText.clean(client.clientId()),
                LogText.clean(address()),
                TransientUsers.MAX_READ);
    }

    @Override
    public void sourceDeleted(OAuthClientCaller client, SessionRef ref, String authnSessionId) {
        EndingAudit.LOG.info(line("AUTHN_SOURCE_SESSION_DELETED", true, client, ref, "authnsession=" + authnSessionId));
    }

    /** The line of one session. */
    String line(String event, boolean success, Actor client, SessionRef ref, String what) {
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

    /** The caller's address. */
    String address() {
        return session.getContext().getConnection().getRemoteHost();
    }
}
