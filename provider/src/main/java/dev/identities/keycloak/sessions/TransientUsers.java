package dev.identities.keycloak.sessions;

import dev.identities.session.SessionKind;
import dev.identities.session.UserId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.common.Profile;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.models.light.LightweightUserAdapter;

/**
 * People without a stored account: those of an identity provider whose people Keycloak does not store. Keycloak writes
 * who they are into a note of their session, and makes their user id of the session's id. So each of them has one
 * session, or one of each kind with the same id, and whoever signs in twice is two of them.
 *
 * <p>For one request: it keeps what it has read. Nothing may be written through the models that it gives.
 */
public final class TransientUsers {

    /**
     * The most sessions that {@link #all} reads, because the note of each is some kilobytes of JSON that no index can
     * search. Not measured.
     */
    public static final int MAX_READ = 5_000;

    private static final int BATCH = 500;

    private static final Set<String> NOTE = Set.of(Constants.SESSION_NOTE_LIGHTWEIGHT_USER);

    /**
     * The range lets every database read along its index, because it holds in each order of text; some orders look at
     * hyphens last. The pattern decides.
     */
    private static final String BATCH_OF_ALL = "select s.userId as userId, s.data as data from "
            + SessionTable.USER_SESSIONS + " where s.realmId = :realm and s.userId >= 'lightweight'"
            + " and s.userId < 'lightweighu' and s.userId like :pattern and s.userId > :after order by s.userId";

    private static final String BY_SID = "select s.userId as userId, s.data as data from " + SessionTable.USER_SESSIONS
            + " where " + SessionTable.BOTH_KINDS + " and " + SessionTable.SID + " = :sid and s.realmId = :realm";

    private static final Logger LOG = Logger.getLogger(TransientUsers.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Map<UserId, Optional<UserModel>> known = new HashMap<>();
    private Map<UserId, UserModel> all;
    private boolean complete = true;

    public TransientUsers(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Whether the id is one of a person without a stored account. */
    public static boolean isOne(UserId id) {
        return LightweightUserAdapter.isLightweightUser(id.value());
    }

    /**
     * Who that is; empty when the session is gone, or cannot be read.
     *
     * @param id one that {@link #isOne}
     */
    public Optional<UserModel> byId(UserId id) {
        return known.computeIfAbsent(id, this::read);
    }

    /** Those whose session Keycloak holds, also if it has expired: at most {@link #MAX_READ}, in no certain order. */
    public Map<UserId, UserModel> all() {
        if (all == null) {
            all = new LinkedHashMap<>();
            if (Profile.isFeatureEnabled(Profile.Feature.TRANSIENT_USERS)) {
                readAll();
            }
        }
        return all;
    }

    /** False after {@link #all} left some out. */
    public boolean isComplete() {
        return complete;
    }

    /**
     * The sessions of such a user by Keycloak's own look-up, which by user would need a stored account. The user's id
     * tells the session.
     */
    static Stream<UserSessionModel> models(KeycloakSession session, RealmModel realm, UserId id) {
        String sid = LightweightUserAdapter.getLightweightUserId(id.value());
        UserSessionProvider sessions = session.sessions();
        return Stream.of(sessions.getUserSession(realm, sid), sessions.getOfflineUserSession(realm, sid))
                // The session of that id may be of an account, or of one that is gone.
                .filter(model -> model != null
                        && model.getUser() != null
                        && id.value().equals(model.getUser().getId()));
    }

    private Optional<UserModel> read(UserId id) {
        String sid = LightweightUserAdapter.getLightweightUserId(id.value());
        HqlBuilder hql = new HqlBuilder(BY_SID).with("sid", sid).with("realm", realm.getId());
        return Stream.concat(
                        hql.query(em()).getResultList().stream()
                                .filter(row -> SessionTable.userId(row).equals(id))
                                .flatMap(row -> user(row).stream()),
                        // Only where that costs no look-up of a session that is gone.
                        home().hasRows(SessionKind.ONLINE)
                                ? Stream.empty()
                                : models(session, realm, id).map(UserSessionModel::getUser))
                .findFirst();
    }

    private void readAll() {
        int rows = 0;
        String after = LightweightUserAdapter.ID_PREFIX;
        List<Tuple> batch;
        do {
            batch = new HqlBuilder(BATCH_OF_ALL)
                    .with("realm", realm.getId())
                    .with("pattern", LightweightUserAdapter.ID_PREFIX + "_%")
                    .with("after", after)
                    .query(em())
                    .setMaxResults(BATCH)
                    .getResultList();
            for (Tuple row : batch) {
                after = SessionTable.userId(row).value();
                user(row).ifPresent(user -> all.put(SessionTable.userId(row), user));
            }
            rows += batch.size();
        } while (batch.size() == BATCH && rows < MAX_READ);
        complete = batch.size() < BATCH;
        if (!home().hasRows(SessionKind.ONLINE)) {
            readCaches();
        }
    }

    /** Online sessions that are no rows. */
    private void readCaches() {
        try (Stream<UserSessionModel> models = session.sessions().readOnlyStreamUserSessions(realm)) {
            models.map(UserSessionModel::getUser)
                    .filter(LightweightUserAdapter::isLightweightUser)
                    .limit(MAX_READ)
                    .forEach(user -> all.put(new UserId(user.getId()), user));
        }
        complete &= all.size() < MAX_READ;
    }

    private Optional<UserModel> user(Tuple row) {
        try {
            String note = StoredData.read(row.get("data", String.class), Set.of(), NOTE)
                    .notes()
                    .get(Constants.SESSION_NOTE_LIGHTWEIGHT_USER);
            return Optional.ofNullable(LightweightUserAdapter.fromString(session, realm, note));
        } catch (IOException | IllegalStateException unreadable) {
            LOG.warnf("Who user %s is cannot be read", SessionTable.userId(row).value());
            return Optional.empty();
        }
    }

    private SessionHome home() {
        return SessionHome.of(session.sessions());
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
