package dev.identities.keycloak.ending;

import dev.identities.ending.SessionStore;
import dev.identities.keycloak.sessions.SessionHome;
import dev.identities.keycloak.sessions.StoredSession;
import dev.identities.notify.Message;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Ends sessions where Keycloak keeps them. Each call works in a Keycloak session of its own, so it does not touch the
 * transaction of the caller's request, and has committed when it returns.
 */
public final class KeycloakSessionStore implements SessionStore {

    private static final Logger LOG = Logger.getLogger(KeycloakSessionStore.class);

    /**
     * The server's default is five minutes: a help desk would wait so long for a row that another transaction holds.
     */
    private static final int TIMEOUT_SECONDS = 10;

    private final KeycloakSessionFactory factory;
    private final String realmId;
    private final EndingServices server;
    private final Messages messages;
    private final RevokedSris revokedSris;

    /** Makes the messages about the end of a session. */
    public interface Messages {
        List<Message> about(KeycloakSession own, StoredSession session);
    }

    public KeycloakSessionStore(
            KeycloakSessionFactory factory,
            String realmId,
            EndingServices server,
            Messages messages,
            RevokedSris revokedSris) {
        this.factory = factory;
        this.realmId = realmId;
        this.server = server;
        this.messages = messages;
        this.revokedSris = revokedSris;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Sessions with rows end by one commit, in these steps:
     *
     * <ol>
     *   <li>Lock the rows.
     *   <li>Put the ids on the revocation list.
     *   <li>Close the slots on all nodes and empty them. From now on only the database answers for the sessions.
     *   <li>Delete the rows and commit. From now on the database answers that they are not there.
     * </ol>
     *
     * <p>A failure before the commit leaves the sessions as they were, but no cache holds them for some minutes.
     *
     * <p>Sessions without rows are removed through Keycloak's own interface. Another extension may implement it. Then a
     * session counts as ended, and goes on the revocation list, only if a second look does not find it.
     */
    @Override
    public List<Ended> end(List<SessionRef> sessions, boolean twinsToo, boolean patient) {
        List<SessionRef> stored = sessions.stream().filter(this::isStored).toList();
        List<SessionRef> others =
                sessions.stream().filter(ref -> !isStored(ref)).toList();
        Map<SessionRef, List<Message>> ended = new HashMap<>();
        if (!stored.isEmpty()) {
            ended.putAll(endStored(stored, twinsToo, patient));
        }
        if (!others.isEmpty()) {
            try {
                ended.putAll(endThroughKeycloak(others));
            } catch (RuntimeException e) {
                if (ended.isEmpty()) {
                    throw e;
                }
                // The sessions that have ended must be reported. The others are found by the call's last look.
                LOG.error("Sessions could not be ended whose twins have ended", e);
            }
        }
        return sessions.stream()
                .filter(ended::containsKey)
                .map(ref -> new Ended(ref, ended.get(ref)))
                .toList();
    }

    private boolean isStored(SessionRef ref) {
        return server.home().hasRows(ref.kind());
    }

    private Map<SessionRef, List<Message>> endThroughKeycloak(List<SessionRef> refs) {
        boolean trusted = server.home() != SessionHome.ELSEWHERE;
        Map<SessionRef, List<Message>> removed = inTransaction(own -> {
            Map<SessionRef, List<Message>> found = new HashMap<>();
            for (SessionRef ref : refs) {
                UserSessionModel model = model(own, ref);
                if (model != null) {
                    mustBelongToItsUser(model, ref);
                    found.put(ref, messages(own, model));
                    PendingSignIns.drop(own, ref.sid());
                    remove(own, ref, model);
                }
            }
            if (trusted) {
                list(own, found.keySet());
            }
            return found;
        });
        if (!trusted) {
            inTransaction(own -> {
                removed.keySet().removeIf(ref -> model(own, ref) != null);
                list(own, removed.keySet());
                return removed;
            });
        }
        return removed;
    }

    private Map<SessionRef, List<Message>> endStored(List<SessionRef> refs, boolean twinsToo, boolean patient) {
        Map<SessionRef, List<Message>> ended;
        try {
            ended = endOrEmpty(refs, twinsToo, patient);
        } catch (ModelDuplicateException e) {
            LOG.debug("Somebody else has just put one of the sessions on the revocation list", e);
            ended = endOrEmpty(refs, twinsToo, patient);
        }
        afterwards(withTwins(ended.keySet(), twinsToo));
        return ended;
    }

    /**
     * Ends the sessions, and empties their closed slots when that fails. Otherwise an entry that stayed in a slot would
     * answer again when the slot opens, with the session's state of ten minutes ago.
     */
    private Map<SessionRef, List<Message>> endOrEmpty(List<SessionRef> refs, boolean twinsToo, boolean patient) {
        try {
            return inTransaction(own -> endStored(own, refs, twinsToo, patient));
        } catch (HeldException e) {
            // No slot was closed.
            throw e;
        } catch (RuntimeException e) {
            Collection<SessionRef> closed = withTwins(refs, twinsToo).stream()
                    .filter(ref -> server.slots().isClosed(ref.sid(), ref.kind()))
                    .toList();
            try {
                Set<SessionRef> unused = server.slots().empty(closed, Map.of());
            } catch (RuntimeException alsoFailed) {
                LOG.warn("A cache may have kept an old state of sessions that could not be ended", alsoFailed);
            }
            throw e;
        }
    }

    private static Collection<SessionRef> withTwins(Collection<SessionRef> refs, boolean twinsToo) {
        Set<SessionRef> all = new HashSet<>(refs);
        if (twinsToo) {
            refs.forEach(ref -> all.add(ref.twin()));
        }
        return all;
    }

    private Map<SessionRef, List<Message>> endStored(
            KeycloakSession own, List<SessionRef> refs, boolean twinsToo, boolean patient) {
        SessionRowLocks rows = SessionRowLocks.claim(own, refs, patient);
        Map<SessionRef, List<Message>> told = new HashMap<>();
        rows.sessions().forEach((ref, stored) -> told.put(ref, messages(own, ref, () -> stored)));
        for (SessionRef ref : refs) {
            // A ghost must be read now, because a closed slot gives nothing.
            UserSessionModel model = told.containsKey(ref) ? null : model(own, ref);
            if (model != null) {
                mustBelongToItsUser(model, ref);
                told.put(ref, messages(own, model));
            }
        }
        list(own, told.keySet());
        Collection<SessionRef> all = withTwins(refs, twinsToo);
        server.slots().close(all);
        // A cache may also hold a ghost of a deleted user. Keycloak gives no model of it.
        List<SessionRef> unread = server.slots().empty(all, rows.clients()).stream()
                .filter(ref -> refs.contains(ref) && !told.containsKey(ref))
                .toList();
        if (!unread.isEmpty()) {
            list(own, unread);
            unread.forEach(ref -> told.put(ref, List.of()));
        }
        told.keySet().forEach(ref -> PendingSignIns.drop(own, ref.sid()));
        rows.delete();
        return told;
    }

    /**
     * Flushes, so that the database refuses a row here. A refusal at the commit would look like a commit that got lost.
     */
    private void list(KeycloakSession own, Collection<SessionRef> ended) {
        revokedSris.addEnded(own, ended.stream().map(SessionRef::sid).toList());
        own.getProvider(JpaConnectionProvider.class).getEntityManager().flush();
    }

    /**
     * Cleans up when the sessions are gone. Requests under way are kept from making one of them anew, and the rows of
     * their client sessions, which no request can use any more, are deleted.
     */
    private void afterwards(Collection<SessionRef> refs) {
        List<SessionRef> ended = refs.stream().filter(this::isStored).toList();
        if (ended.isEmpty()) {
            return;
        }
        try {
            server.slots().ended(ended);
        } catch (RuntimeException e) {
            LOG.warn("Other nodes could not be told that sessions have ended", e);
        }
        boolean swept = server.sweeper().later(factory, realmId, ended, (list, back) -> {
            List<Ended> unused = new KeycloakSessionStore(factory, realmId, server, (own, stored) -> List.of(), list)
                    .end(back, false, true);
        });
        if (!swept) {
            deleteClients(ended);
        }
    }

    private void deleteClients(List<SessionRef> gone) {
        try {
            List<SessionRef> unused = inTransaction(own -> {
                SessionRowLocks.deleteClients(own, gone);
                return gone;
            });
        } catch (RuntimeException e) {
            LOG.warn("Rows of client sessions are left whose user sessions have ended", e);
        }
    }

    private static void mustBelongToItsUser(UserSessionModel model, SessionRef ref) {
        if (!model.getUser().getId().equals(ref.userId().value())) {
            throw new IllegalStateException("the session is another user's by now");
        }
    }

    private List<Message> messages(KeycloakSession own, UserSessionModel model) {
        return messages(
                own,
                new SessionRef(
                        model.getId(),
                        model.isOffline() ? SessionKind.OFFLINE : SessionKind.ONLINE,
                        new UserId(model.getUser().getId())),
                () -> StoredSession.copyOf(own, model));
    }

    /** Empty when the messages cannot be made, because a session must end also if its applications cannot be told. */
    private List<Message> messages(KeycloakSession own, SessionRef ref, Supplier<StoredSession> stored) {
        try {
            return messages.about(own, stored.get());
        } catch (RuntimeException e) {
            LOG.warnf(e, "Applications cannot be told of the end of a session of user %s", ref.userId());
            return List.of();
        }
    }

    private static UserSessionModel model(KeycloakSession own, SessionRef ref) {
        RealmModel realm = own.getContext().getRealm();
        return ref.kind() == SessionKind.OFFLINE
                ? own.sessions().getOfflineUserSession(realm, ref.sid())
                : own.sessions().getUserSession(realm, ref.sid());
    }

    private static void remove(KeycloakSession own, SessionRef ref, UserSessionModel model) {
        RealmModel realm = own.getContext().getRealm();
        if (ref.kind() == SessionKind.OFFLINE) {
            own.sessions().removeOfflineUserSession(realm, model);
        } else {
            own.sessions().removeUserSession(realm, model);
        }
    }

    @Override
    public List<SessionRef> stillThere(List<SessionRef> sessions) {
        return inTransaction(own -> {
            Set<SessionRef> rows = SessionRowLocks.present(
                    own, sessions.stream().map(SessionRef::sid).toList());
            return sessions.stream()
                    .filter(ref -> isStored(ref) ? rows.contains(ref) : model(own, ref) != null)
                    .toList();
        });
    }

    @Override
    public List<SessionRef> existing(Collection<String> sids) {
        return inTransaction(own -> Stream.concat(
                        SessionRowLocks.present(own, sids).stream().filter(this::isStored),
                        Stream.of(SessionKind.values())
                                .filter(kind -> !server.home().hasRows(kind))
                                .flatMap(
                                        kind -> sids.stream().flatMap(sid -> throughKeycloak(own, sid, kind).stream())))
                .toList());
    }

    /** The session of a kind without rows. */
    private static Optional<SessionRef> throughKeycloak(KeycloakSession own, String sid, SessionKind kind) {
        RealmModel realm = own.getContext().getRealm();
        UserSessionModel model = kind == SessionKind.OFFLINE
                ? own.sessions().getOfflineUserSession(realm, sid)
                : own.sessions().getUserSession(realm, sid);
        return Optional.ofNullable(model)
                .map(UserSessionModel::getUser)
                .map(user -> new SessionRef(sid, kind, new UserId(user.getId())));
    }

    private <T> T inTransaction(Function<KeycloakSession, T> work) {
        AtomicReference<T> result = new AtomicReference<>();
        KeycloakModelUtils.runJobInTransactionWithTimeout(
                factory,
                own -> {
                    RealmModel realm = own.realms().getRealm(realmId);
                    own.getContext().setRealm(realm);
                    result.set(work.apply(own));
                },
                TIMEOUT_SECONDS);
        return result.get();
    }
}
