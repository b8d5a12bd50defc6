package dev.identities.keycloak.audit;

import dev.identities.ending.Cause;
import dev.identities.ending.Outcome;
import dev.identities.keycloak.access.KeycloakAdminCaller;
import dev.identities.text.LogText;
import java.util.Map;
import java.util.TreeMap;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** Admin events like Keycloak's own for an ended session, but with the user in them. */
final class AdminVocabulary implements Vocabulary {

    static final String OUTCOME = "outcome";

    private final KeycloakSession session;
    private final RealmModel realm;

    AdminVocabulary(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    @Override
    public String line(Cause cause, Outcome outcome) {
        return "event=SESSION_REVOKED status=%s realm=\"%s\" actor=%s subject=%s session=%s kind=%s reason=\"%s\""
                .formatted(
                        outcome.status() == Outcome.Status.REVOKED ? "success" : "failure",
                        LogText.clean(realm.getName()),
                        LogText.clean(cause.actor().id()),
                        LogText.clean(outcome.session().userId().value()),
                        LogText.clean(outcome.session().sid()),
                        Vocabulary.name(outcome.session().kind()),
                        LogText.clean(cause.reason()));
    }

    @Override
    public void write(KeycloakSession own, Cause cause, Outcome outcome) {
        // This channel authenticates every caller as an administrator.
        KeycloakAdminCaller caller = (KeycloakAdminCaller) cause.actor();
        AdminEventBuilder event = new AdminEventBuilder(
                        realm, caller.auth(), session, session.getContext().getConnection())
                .clone(own);
        Map<String, Object> details = new TreeMap<>(details(cause, outcome));
        details.forEach((name, value) -> event.detail(name, value.toString()));
        event.resource(ResourceType.USER_SESSION)
                .operation(OperationType.DELETE)
                .resourcePath("sessions", outcome.session().sid())
                .representation(details)
                .success();
    }

    private static Map<String, String> details(Cause cause, Outcome outcome) {
        Map<String, String> details = new TreeMap<>();
        details.put("user_id", outcome.session().userId().value());
        details.put("session_id", outcome.session().sid());
        details.put("kind", Vocabulary.name(outcome.session().kind()));
        details.put(OUTCOME, Vocabulary.name(outcome.status()));
        if (!cause.reason().isBlank()) {
            details.put("reason", LogText.clean(cause.reason()));
        }
        if (!outcome.deliveries().isEmpty()) {
            details.put("applications", Vocabulary.deliveries(outcome.deliveries()));
        }
        return details;
    }
}
