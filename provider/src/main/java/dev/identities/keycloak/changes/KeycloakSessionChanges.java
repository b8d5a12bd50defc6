package dev.identities.keycloak.changes;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.identities.api.pingfederate.SessionChanges;
import dev.identities.keycloak.ending.PendingSignIns;
import dev.identities.keycloak.users.Suspensions;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import org.keycloak.common.util.Time;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.util.JsonSerialization;

/** Changes live sessions through Keycloak's own model, each in a transaction of its own. */
public final class KeycloakSessionChanges implements SessionChanges {

    private static final TypeReference<LinkedHashMap<String, Object>> NOTE = new TypeReference<>() {};

    /** Prefix of a note, before a step's execution: the time of completion of a step that was removed since. */
    private static final String FORGOTTEN = "identities.forgotten.";

    private final KeycloakSessionFactory factory;
    private final String realmId;

    public KeycloakSessionChanges(KeycloakSessionFactory factory, String realmId) {
        this.factory = factory;
        this.realmId = realmId;
    }

    @Override
    public void extend(String sid) {
        for (SessionKind kind : SessionKind.values()) {
            boolean unused = change(sid, kind, (own, session) -> isUsable(own, session) && touch(session));
        }
    }

    /** A session that Keycloak refuses must not read as one that lasts longer. */
    private static boolean isUsable(KeycloakSession own, UserSessionModel session) {
        return Suspensions.of(own, session.getRealm(), session.getUser(), session.getLastSessionRefresh())
                .isEmpty();
    }

    private static boolean touch(UserSessionModel session) {
        int now = Math.toIntExact(TimeUnit.MILLISECONDS.toSeconds(Time.currentTimeMillis()));
        session.setLastSessionRefresh(now);
        touchClients(session, now);
        return true;
    }

    /** Applications may have idle limits of their own, by which their refresh tokens end. */
    // Marked for removal since 26.4 without a successor.
    @SuppressWarnings("removal")
    private static void touchClients(UserSessionModel session, int now) {
        session.getAuthenticatedClientSessions().values().forEach(client -> client.setTimestamp(now));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Keycloak keeps all completed steps in one note. So of two calls at once the later one writes back the step
     * that the earlier one removed. Therefore each call first writes the step into a note of its own, and looks again
     * after it has changed the common note.
     */
    @Override
    public boolean forgetAuthentication(SessionRef ref, String execution) {
        // A sign-in under way holds a copy of the completed steps and would write it back.
        KeycloakModelUtils.runJobInTransaction(factory, own -> {
            own.getContext().setRealm(own.realms().getRealm(realmId));
            PendingSignIns.drop(own, ref.sid());
        });
        boolean found = change(
                ref.sid(),
                ref.kind(),
                (own, session) ->
                        session.getUser().getId().equals(ref.userId().value()) && markForgotten(session, execution));
        boolean more = found;
        while (more) {
            more = change(ref.sid(), ref.kind(), (own, session) -> dropForgotten(session));
        }
        return found;
    }

    private static boolean markForgotten(UserSessionModel session, String execution) {
        Object completedAt = completed(session).get(execution);
        if (completedAt != null) {
            session.setNote(FORGOTTEN + execution, completedAt.toString());
        }
        return completedAt != null;
    }

    /** Whether there was a step to drop. A step that was completed again since has another time, and stays. */
    private static boolean dropForgotten(UserSessionModel session) {
        Map<String, Object> completed = completed(session);
        boolean dropped = completed
                .entrySet()
                .removeIf(step -> step.getValue().toString().equals(session.getNote(FORGOTTEN + step.getKey())));
        if (!dropped) {
            return false;
        }
        try {
            session.setNote(Constants.AUTHENTICATORS_COMPLETED, JsonSerialization.writeValueAsString(completed));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        // Keycloak does not keep which step gave which level, so the person must reach all levels anew.
        session.removeNote(Constants.LOA_MAP);
        session.getAuthenticatedClientSessions()
                .values()
                .forEach(client -> client.removeNote(Constants.LEVEL_OF_AUTHENTICATION));
        return true;
    }

    private static Map<String, Object> completed(UserSessionModel session) {
        String note = session.getNote(Constants.AUTHENTICATORS_COMPLETED);
        try {
            return note == null ? new LinkedHashMap<>() : JsonSerialization.readValue(note, NOTE);
        } catch (IOException unreadable) {
            return new LinkedHashMap<>();
        }
    }

    /** Does nothing, and answers false, for a session that is over. */
    private boolean change(String sid, SessionKind kind, BiPredicate<KeycloakSession, UserSessionModel> change) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, own -> {
            RealmModel realm = own.realms().getRealm(realmId);
            own.getContext().setRealm(realm);
            UserSessionModel session = kind == SessionKind.OFFLINE
                    ? own.sessions().getOfflineUserSession(realm, sid)
                    : own.sessions().getUserSession(realm, sid);
            return session != null && AuthenticationManager.isSessionValid(realm, session) && change.test(own, session);
        });
    }
}
