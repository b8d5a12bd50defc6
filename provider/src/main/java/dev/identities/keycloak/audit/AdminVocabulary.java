package dev.identities.keycloak.audit;

import dev.identities.ending.BulkEnded;
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

    /** The line of log of a bulk call. */
    String line(BulkEnded event) {
        Cause cause = event.cause();
        BulkEnded.Counts counts = event.counts();
        return ("event=SESSIONS_REVOKED_IN_BULK status=%s realm=\"%s\" actor=%s ticket=%s filter=\"%s\" reason=\"%s\""
                        + " ended=%d already_gone=%d no_longer_matching=%d new=%d forbidden=%d failed=%d untried=%d"
                        + " caller_left_out=%b more=%b")
                .formatted(
                        counts.failed() == 0 ? "success" : "failure",
                        LogText.clean(realm.getName()),
                        LogText.clean(cause.actor().id()),
                        event.ticket().orElse("-"),
                        LogText.clean(event.filter().orElse(null)),
                        LogText.clean(cause.reason()),
                        counts.ended(),
                        counts.alreadyGone(),
                        counts.noLongerMatching(),
                        counts.newlyMatching(),
                        counts.forbidden(),
                        counts.failed(),
                        counts.untried(),
                        counts.callerLeftOut(),
                        counts.more());
    }

    /**
     * Writes the event of a bulk call. It is an action and not a deletion, because listeners take a deletion for the end
     * of the one session that it names.
     *
     * @param own the Keycloak session whose transaction the event is written in; its realm is set
     */
    void write(KeycloakSession own, BulkEnded event) {
        KeycloakAdminCaller caller = (KeycloakAdminCaller) event.cause().actor();
        new AdminEventBuilder(
                        realm, caller.auth(), session, session.getContext().getConnection())
                .clone(own)
                .resource(ResourceType.USER_SESSION)
                .operation(OperationType.ACTION)
                .resourcePath("sessions", "revoke")
                .representation(details(event))
                .success();
    }

    /** The filter is whole here, unlike in the log. */
    private static Map<String, Object> details(BulkEnded event) {
        Map<String, Object> details = new TreeMap<>();
        event.filter().ifPresent(filter -> details.put("filter", filter));
        event.ticket().ifPresent(ticket -> details.put("ticket", ticket));
        if (!event.cause().reason().isBlank()) {
            details.put("reason", LogText.clean(event.cause().reason()));
        }
        BulkEnded.Counts counts = event.counts();
        details.put("ended", counts.ended());
        details.put("already_gone", counts.alreadyGone());
        details.put("no_longer_matching", counts.noLongerMatching());
        details.put("new", counts.newlyMatching());
        details.put("forbidden", counts.forbidden());
        details.put("failed", counts.failed());
        details.put("untried", counts.untried());
        details.put("caller_left_out", counts.callerLeftOut());
        details.put("more", counts.more());
        return details;
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
