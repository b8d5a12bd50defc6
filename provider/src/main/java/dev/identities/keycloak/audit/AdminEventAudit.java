package dev.identities.keycloak.audit;

import dev.identities.api.ngrok.RevocationAudit;
import dev.identities.ending.Outcome;
import dev.identities.ending.RevocationReport;
import dev.identities.keycloak.access.KeycloakAdminAuthentication;
import dev.identities.notify.Delivery;
import dev.identities.text.LogText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * One admin event per ended session, like Keycloak's own for this, but with the user in it; and one line of log, since
 * a realm's admin events may be switched off. Written in a transaction of
 * its own: what was ended stays on record also when the answer is an error.
 */
public final class AdminEventAudit implements RevocationAudit {

    private static final String OUTCOME = "outcome";
    private static final Logger LOG = Logger.getLogger("dev.identities.audit");

    private final KeycloakSession session;
    private final RealmModel realm;
    private final KeycloakAdminAuthentication authentication;

    public AdminEventAudit(KeycloakSession session, RealmModel realm, KeycloakAdminAuthentication authentication) {
        this.session = session;
        this.realm = realm;
        this.authentication = authentication;
    }

    @Override
    public void revoked(RevocationReport report, String reason) {
        List<Outcome> done = report.auditable();
        if (done.isEmpty()) {
            return;
        }
        String actor = authentication.caller().auth().getUser().getId();
        done.forEach(outcome -> log(actor, outcome, reason));
        try {
            AdminEventBuilder event = new AdminEventBuilder(
                    realm,
                    authentication.caller().auth(),
                    session,
                    session.getContext().getConnection());
            KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), own -> {
                own.getContext().setRealm(own.realms().getRealm(realm.getId()));
                done.forEach(outcome -> write(event.clone(own), outcome, reason));
            });
        } catch (RuntimeException e) {
            // The sessions are gone: an answer that says otherwise would be wrong, and the log has the record.
            LOG.error("The admin events of a revocation could not be written", e);
        }
    }

    private void log(String actor, Outcome outcome, String reason) {
        LOG.infof(
                "event=SESSION_REVOKED status=%s realm=\"%s\" actor=%s subject=%s session=%s kind=%s reason=\"%s\"",
                outcome.status() == Outcome.Status.REVOKED ? "success" : "failure",
                LogText.clean(realm.getName()),
                LogText.clean(actor),
                LogText.clean(outcome.session().userId().value()),
                LogText.clean(outcome.session().sid()),
                outcome.session().kind().name().toLowerCase(Locale.ROOT),
                LogText.clean(reason));
    }

    private static void write(AdminEventBuilder event, Outcome outcome, String reason) {
        Map<String, Object> details = new TreeMap<>(details(outcome, reason));
        details.forEach((name, value) -> event.detail(name, value.toString()));
        event.resource(ResourceType.USER_SESSION)
                .operation(OperationType.DELETE)
                .resourcePath("sessions", outcome.session().sid())
                .representation(details)
                .success();
    }

    /** Whether this is our own record of a session that could not be ended. */
    public static boolean isOfFailure(AdminEvent event) {
        Map<String, String> details = event.getDetails();
        return details != null && name(Outcome.Status.FAILED).equals(details.get(OUTCOME));
    }

    private static String name(Outcome.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, String> details(Outcome outcome, String reason) {
        Map<String, String> details = new TreeMap<>();
        details.put("user_id", outcome.session().userId().value());
        details.put("session_id", outcome.session().sid());
        details.put("kind", outcome.session().kind().name().toLowerCase(Locale.ROOT));
        details.put(OUTCOME, name(outcome.status()));
        if (!reason.isBlank()) {
            details.put("reason", LogText.clean(reason));
        }
        if (!outcome.deliveries().isEmpty()) {
            details.put("applications", deliveries(outcome.deliveries()));
        }
        return details;
    }

    static String deliveries(List<Delivery> deliveries) {
        return deliveries.stream()
                .map(delivery -> LogText.clean(delivery.party()) + "="
                        + delivery.status().name().toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
