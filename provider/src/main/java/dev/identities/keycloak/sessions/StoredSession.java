package dev.identities.keycloak.sessions;

import dev.identities.listing.SessionRows.Row;
import dev.identities.session.ClientUse;
import dev.identities.session.RememberMe;
import dev.identities.session.SessionKind;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.session.PersistentAuthenticatedClientSessionAdapter;
import org.keycloak.models.session.PersistentClientSessionModel;
import org.keycloak.models.session.PersistentUserSessionAdapter;
import org.keycloak.models.session.PersistentUserSessionModel;

/**
 * A session as Keycloak stores it, held apart from any store: read from its table without entering Keycloak's caches,
 * or kept after the session was removed, so that applications can still be told.
 *
 * @param data Keycloak's JSON; holds tokens of identity providers, never to be shown
 */
public record StoredSession(
        String sid,
        String userId,
        boolean offline,
        int started,
        int lastRefresh,
        boolean rememberMe,
        String data,
        List<StoredClientSession> clients) {

    /** One client's part of it. */
    public record StoredClientSession(String clientUuid, int timestamp, String data) {

        private static final Set<String> STARTED_AT = Set.of(AuthenticatedClientSessionModel.STARTED_AT_NOTE);

        /**
         * The use of the client in its session.
         *
         * @param sessionStarted second since the epoch; counts where Keycloak has not noted when the client was reached
         */
        ClientUse use(long sessionStarted) {
            return new ClientUse(
                    clientUuid,
                    Instant.ofEpochSecond(noted().orElse(sessionStarted)),
                    Instant.ofEpochSecond(timestamp));
        }

        private OptionalLong noted() {
            try {
                String second = StoredData.read(data, Set.of(), STARTED_AT)
                        .notes()
                        .get(AuthenticatedClientSessionModel.STARTED_AT_NOTE);
                return second == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(second));
            } catch (IOException | NumberFormatException unreadable) {
                return OptionalLong.empty();
            }
        }
    }

    /** The session of a row. */
    static StoredSession of(Row row, String data, List<StoredClientSession> clients) {
        return new StoredSession(
                row.id().sid(),
                row.userId().value(),
                row.id().kind() == SessionKind.OFFLINE,
                (int) row.id().createdOn(),
                (int) row.lastActive(),
                row.id().rememberMe() == RememberMe.YES,
                data,
                clients);
    }

    /** A copy of a session that is about to go. Its user must be known. */
    // The timestamp is marked for removal without a successor; the copy keeps what the original has.
    @SuppressWarnings("removal")
    public static StoredSession copyOf(KeycloakSession session, UserSessionModel live) {
        List<StoredClientSession> clients = new ArrayList<>();
        for (AuthenticatedClientSessionModel client :
                live.getAuthenticatedClientSessions().values()) {
            PersistentClientSessionModel copy =
                    new PersistentAuthenticatedClientSessionAdapter(session, client).getUpdatedModel();
            clients.add(new StoredClientSession(client.getClient().getId(), client.getTimestamp(), copy.getData()));
        }
        return new StoredSession(
                live.getId(),
                live.getUser().getId(),
                live.isOffline(),
                live.getStarted(),
                live.getLastSessionRefresh(),
                live.isRememberMe(),
                new PersistentUserSessionAdapter(live).getUpdatedModel().getData(),
                clients);
    }

    /** The session as a read-only model bound to the given Keycloak session. Clients that are gone are left out. */
    public UserSessionModel toModel(KeycloakSession session, RealmModel realm) {
        Map<String, AuthenticatedClientSessionModel> clientSessions = new HashMap<>();
        UserSessionModel model =
                new PersistentUserSessionAdapter(session, new UserRow(this), realm, userId, clientSessions);
        for (StoredClientSession stored : clients) {
            ClientModel client = session.clients().getClientById(realm, stored.clientUuid());
            if (client != null) {
                clientSessions.put(
                        stored.clientUuid(),
                        new PersistentAuthenticatedClientSessionAdapter(
                                session, new ClientRow(sid, stored), realm, client, model));
            }
        }
        return model;
    }

    /** The session as a list reads it, without its client sessions. */
    UserSessionModel toListedModel(KeycloakSession session, RealmModel realm) {
        return new ListedSession(session, new UserRow(this), realm, userId);
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("a stored session cannot be changed");
    }

    /** Keycloak's interface to a row; nothing can be written through it. */
    private record UserRow(StoredSession row) implements PersistentUserSessionModel {
        @Override
        public String getUserSessionId() {
            return row.sid();
        }

        @Override
        public int getStarted() {
            return row.started();
        }

        @Override
        public int getLastSessionRefresh() {
            return row.lastRefresh();
        }

        @Override
        public boolean isOffline() {
            return row.offline();
        }

        @Override
        public String getData() {
            return row.data();
        }

        @Override
        public boolean isRememberMe() {
            return row.rememberMe();
        }

        @Override
        public void setUserSessionId(String userSessionId) {
            throw readOnly();
        }

        @Override
        public void setStarted(int started) {
            throw readOnly();
        }

        @Override
        public void setLastSessionRefresh(int lastSessionRefresh) {
            throw readOnly();
        }

        @Override
        public void setOffline(boolean offline) {
            throw readOnly();
        }

        @Override
        public void setData(String data) {
            throw readOnly();
        }

        @Override
        public void setRealmId(String realmId) {
            throw readOnly();
        }

        @Override
        public void setUserId(String userId) {
            throw readOnly();
        }

        @Override
        public void setBrokerSessionId(String brokerSessionId) {
            throw readOnly();
        }

        @Override
        public void setRememberMe(boolean rememberMe) {
            throw readOnly();
        }
    }

    /** As {@link UserRow}, for a client session. */
    private record ClientRow(String sid, StoredClientSession row) implements PersistentClientSessionModel {
        @Override
        public String getUserSessionId() {
            return sid;
        }

        @Override
        public String getClientId() {
            return row.clientUuid();
        }

        @Override
        public int getTimestamp() {
            return row.timestamp();
        }

        @Override
        public String getData() {
            return row.data();
        }

        @Override
        public void setUserSessionId(String userSessionId) {
            throw readOnly();
        }

        @Override
        public void setClientId(String clientId) {
            throw readOnly();
        }

        @Override
        public void setTimestamp(int timestamp) {
            throw readOnly();
        }

        @Override
        public void setData(String data) {
            throw readOnly();
        }
    }
}
