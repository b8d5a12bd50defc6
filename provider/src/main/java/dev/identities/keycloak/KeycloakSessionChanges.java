package dev.identities.keycloak;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.identities.pingfederate.SessionChanges;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.keycloak.common.util.Time;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.util.JsonSerialization;

/** Changes live sessions through Keycloak's own model, each in a transaction of its own. */
final class KeycloakSessionChanges implements SessionChanges {

    private static final TypeReference<LinkedHashMap<String, Object>> NOTE = new TypeReference<>() {};

    private final KeycloakSessionFactory factory;
    private final String realmId;

    KeycloakSessionChanges(KeycloakSessionFactory factory, String realmId) {
        this.factory = factory;
        this.realmId = realmId;
    }

    @Override
    public void extend(SessionRef ref) {
        boolean unused = change(ref, session -> {
            int now = Math.toIntExact(TimeUnit.MILLISECONDS.toSeconds(Time.currentTimeMillis()));
            session.setLastSessionRefresh(now);
            touchClients(session, now);
            return true;
        });
    }

    /** Applications may have idle limits of their own, by which their refresh tokens end. */
    // Marked for removal since 26.4 without a successor.
    @SuppressWarnings("removal")
    private static void touchClients(UserSessionModel session, int now) {
        session.getAuthenticatedClientSessions().values().forEach(client -> client.setTimestamp(now));
    }

    @Override
    public boolean forgetAuthentication(SessionRef ref, String execution) {
        return change(ref, session -> {
            Map<String, Object> completed = completed(session);
            if (completed.remove(execution) == null) {
                return false;
            }
            try {
                session.setNote(Constants.AUTHENTICATORS_COMPLETED, JsonSerialization.writeValueAsString(completed));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            // Which level was reached by which step is not kept: all levels have to be reached anew.
            session.removeNote(Constants.LOA_MAP);
            return true;
        });
    }

    private static Map<String, Object> completed(UserSessionModel session) {
        String note = session.getNote(Constants.AUTHENTICATORS_COMPLETED);
        try {
            return note == null ? Map.of() : JsonSerialization.readValue(note, NOTE);
        } catch (IOException unreadable) {
            return new LinkedHashMap<>();
        }
    }

    /** Does nothing, and answers false, for a session that is over or another user's by now. */
    private boolean change(SessionRef ref, Predicate<UserSessionModel> change) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, own -> {
            RealmModel realm = own.realms().getRealm(realmId);
            own.getContext().setRealm(realm);
            UserSessionModel session = ref.kind() == SessionKind.OFFLINE
                    ? own.sessions().getOfflineUserSession(realm, ref.sid())
                    : own.sessions().getUserSession(realm, ref.sid());
            return session != null
                    && session.getUser().getId().equals(ref.userId().value())
                    && AuthenticationManager.isSessionValid(realm, session)
                    && change.test(session);
        });
    }
}
