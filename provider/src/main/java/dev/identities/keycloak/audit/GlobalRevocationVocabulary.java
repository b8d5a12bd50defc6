package dev.identities.keycloak.audit;

import dev.identities.access.IdentityProviderCaller;
import dev.identities.ending.Cause;
import dev.identities.ending.Outcome;
import dev.identities.text.LogText;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;

/** LOGOUT events of the ended sessions, and a line of log for each. */
record GlobalRevocationVocabulary(GlobalRevocationLog log) implements Vocabulary {

    @Override
    public String line(Cause cause, Outcome outcome) {
        return "event=%s status=%s realm=\"%s\" %s subject=%s session=%s kind=%s ip=\"%s\""
                .formatted(
                        GlobalRevocationLog.NAME,
                        outcome.status() == Outcome.Status.REVOKED ? "success" : "failure",
                        LogText.clean(log.realm().getName()),
                        GlobalRevocationLog.caller(cause.actor()),
                        LogText.clean(outcome.session().userId().value()),
                        LogText.clean(outcome.session().sid()),
                        Vocabulary.name(outcome.session().kind()),
                        LogText.clean(log.address()));
    }

    @Override
    public void write(KeycloakSession own, Cause cause, Outcome outcome) {
        EventBuilder event = new EventBuilder(own.getContext().getRealm(), own)
                .event(EventType.LOGOUT)
                .ipAddress(log.address())
                .user(outcome.session().userId().value())
                .session(outcome.session().sid())
                .detail("reason", GlobalRevocationLog.NAME)
                .detail("kind", Vocabulary.name(outcome.session().kind()));
        if (cause.actor() instanceof IdentityProviderCaller provider) {
            event.detail(Details.IDENTITY_PROVIDER, provider.alias());
        } else {
            event.client(cause.actor().id());
        }
        cause.userKey().flatMap(log::shown).ifPresent(key -> event.detail("user_key", key));
        if (!outcome.deliveries().isEmpty()) {
            event.detail("applications", Vocabulary.deliveries(outcome.deliveries()));
        }
        if (outcome.status() == Outcome.Status.REVOKED) {
            event.success();
        } else {
            event.error("revocation_failed");
        }
    }
}
