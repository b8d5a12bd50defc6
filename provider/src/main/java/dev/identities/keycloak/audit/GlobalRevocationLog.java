package dev.identities.keycloak.audit;

import dev.identities.access.GlobalRevocationCaller;
import dev.identities.access.IdentityProviderCaller;
import dev.identities.api.globalrevocation.GlobalRevocationAudit;
import dev.identities.api.globalrevocation.SubjectId;
import dev.identities.ending.Outcome;
import dev.identities.ending.RevocationReport;
import dev.identities.keycloak.users.Sha256;
import dev.identities.session.Actor;
import dev.identities.settings.AuditUserKey;
import dev.identities.text.LogText;
import java.util.HexFormat;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** A line of log for each call of Global Token Revocation. */
public record GlobalRevocationLog(KeycloakSession session, RealmModel realm, AuditUserKey shown)
        implements GlobalRevocationAudit {

    static final String NAME = "GLOBAL_TOKEN_REVOCATION";

    @Override
    public void called(GlobalRevocationCaller caller, SubjectId subject, int people, RevocationReport report) {
        EndingAudit.LOG.infof(
                "event=%s_CALL status=%s realm=\"%s\" %s format=%s key=\"%s\" people=%d ended=%d failed=%d ip=\"%s\"",
                NAME,
                people > 0 && !report.anyFailed() ? "success" : "failure",
                LogText.clean(realm.getName()),
                caller(caller),
                subject.format(),
                shown(subject.value()).orElse("-"),
                people,
                report.count(Outcome.Status.REVOKED),
                report.count(Outcome.Status.FAILED),
                LogText.clean(address()));
    }

    @Override
    public void refused(Optional<GlobalRevocationCaller> caller, int status, String reason) {
        EndingAudit.LOG.infof(
                "event=%s_REFUSED status=failure realm=\"%s\" %s answer=%d reason=%s ip=\"%s\"",
                NAME,
                LogText.clean(realm.getName()),
                caller.map(GlobalRevocationLog::caller).orElse("caller=-"),
                status,
                reason,
                LogText.clean(address()));
    }

    /** The caller under the name of its kind. */
    static String caller(Actor actor) {
        return (actor instanceof IdentityProviderCaller ? "identity_provider" : "client") + "=\""
                + LogText.clean(actor.id()) + "\"";
    }

    /** The caller's address. */
    String address() {
        return session.getContext().getConnection().getRemoteHost();
    }

    /** The key that named a person, as the realm wants to see it. */
    Optional<String> shown(String key) {
        return switch (shown) {
            case CLEAR -> Optional.of(LogText.clean(key));
            case NONE -> Optional.empty();
            case HASH -> Optional.of(HexFormat.of().formatHex(Sha256.of(key)));
        };
    }
}
