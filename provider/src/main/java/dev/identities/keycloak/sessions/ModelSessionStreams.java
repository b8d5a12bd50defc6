package dev.identities.keycloak.sessions;

import dev.identities.listing.SessionStreams;
import dev.identities.session.RememberMe;
import dev.identities.session.Session;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;

/** Sessions from Keycloak's own provider, where online sessions are in no table. */
public final class ModelSessionStreams implements SessionStreams {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SessionMapper mapper;

    public ModelSessionStreams(KeycloakSession session, RealmModel realm, SessionMapper mapper) {
        this.session = session;
        this.realm = realm;
        this.mapper = mapper;
    }

    @Override
    public Stream<Session> all() {
        UserSessionProvider sessions = session.sessions();
        return live(Stream.concat(
                sessions.readOnlyStreamUserSessions(realm), sessions.readOnlyStreamOfflineUserSessions(realm)));
    }

    @Override
    public Stream<Session> ofUser(UserId user) {
        return live(models(user));
    }

    @Override
    public Optional<Session> find(String sid, SessionKind kind) {
        UserSessionModel model = kind == SessionKind.OFFLINE
                ? session.sessions().getOfflineUserSession(realm, sid)
                : session.sessions().getUserSession(realm, sid);
        return Optional.ofNullable(model).flatMap(found -> mapper.live(found, branch(found)));
    }

    @Override
    public List<SessionRef> refs(UserId user) {
        try (Stream<UserSessionModel> models = models(user)) {
            return models.map(model -> new SessionRef(
                            model.getId(), model.isOffline() ? SessionKind.OFFLINE : SessionKind.ONLINE, user))
                    .toList();
        }
    }

    private Stream<UserSessionModel> models(UserId userId) {
        if (TransientUsers.isOne(userId)) {
            return TransientUsers.models(session, realm, userId);
        }
        UserModel user = session.users().getUserById(realm, userId.value());
        if (user == null) {
            return Stream.empty();
        }
        UserSessionProvider sessions = session.sessions();
        return Stream.concat(
                sessions.getUserSessionsStream(realm, user), sessions.getOfflineUserSessionsStream(realm, user));
    }

    private Stream<Session> live(Stream<UserSessionModel> models) {
        return models.flatMap(model -> mapper.live(model, branch(model)).stream());
    }

    private static RememberMe branch(UserSessionModel model) {
        return model.isRememberMe() ? RememberMe.YES : RememberMe.NO;
    }
}
