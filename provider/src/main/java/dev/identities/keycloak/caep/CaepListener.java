package dev.identities.keycloak.caep;

import dev.identities.ending.Cause;
import dev.identities.ending.EndingListener;
import dev.identities.ending.Outcome;
import dev.identities.ending.SessionsEnded;
import dev.identities.session.SessionRef;
import dev.identities.text.LogText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;

/** Tells receivers of the sessions that one call of an API has ended, each once. */
final class CaepListener implements EndingListener {

    private final Caep caep;
    private final KeycloakSession session;

    CaepListener(Caep caep, KeycloakSession session) {
        this.caep = caep;
        this.session = session;
    }

    @Override
    public void ended(SessionsEnded event) {
        if (caep.isOn(session.getContext().getRealm())) {
            List<SessionRevoked> events = events(event, TimeUnit.MILLISECONDS.toSeconds(Time.currentTimeMillis()));
            if (!events.isEmpty()) {
                caep.prepare(session, events).run();
            }
        }
    }

    /** One event for each session id that the call has ended, in the order of the report. */
    static List<SessionRevoked> events(SessionsEnded event, long second) {
        Cause cause = event.cause();
        Map<String, SessionRevoked> events = new LinkedHashMap<>();
        event.report().outcomes().stream()
                .filter(outcome -> outcome.status() == Outcome.Status.REVOKED)
                .map(Outcome::session)
                .forEach(ref -> events.putIfAbsent(ref.sid(), revoked(ref, cause, second)));
        return List.copyOf(events.values());
    }

    private static SessionRevoked revoked(SessionRef ref, Cause cause, long second) {
        return new SessionRevoked(
                ref.userId().value(),
                ref.sid(),
                InitiatingEntity.of(cause.channel()),
                LogText.clean(cause.reason()),
                second);
    }
}
