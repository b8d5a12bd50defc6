package dev.identities.keycloak;

import dev.identities.revocation.Message;
import dev.identities.revocation.SessionStore;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.common.util.MultiSiteUtils;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.session.UserSessionPersisterProvider;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Takes sessions out through Keycloak's own provider, which clears caches on every node. Each call works in a Keycloak
 * session of its own: what the caller's request holds is not touched, and the removal is committed when it returns.
 */
final class KeycloakSessionStore implements SessionStore {

    private static final Logger LOG = Logger.getLogger(KeycloakSessionStore.class);

    /** A request that was under way can revive a session once; more looks than a few say that something is wrong. */
    private static final int LOOKS = 3;

    /** A row that somebody else holds locked must not hold a help desk up for the server's default of five minutes. */
    private static final int TIMEOUT_SECONDS = 10;

    private final KeycloakSessionFactory factory;
    private final String realmId;
    private final LogoutMessages messages;
    private final RevokedSris revokedSris;

    KeycloakSessionStore(
            KeycloakSessionFactory factory, String realmId, LogoutMessages messages, RevokedSris revokedSris) {
        this.factory = factory;
        this.realmId = realmId;
        this.messages = messages;
        this.revokedSris = revokedSris;
    }

    /**
     * {@inheritDoc}
     *
     * <p>In two steps. Keycloak clears its cache before a removal is committed, so a request under way can read the row
     * once more and put the session back into the cache, where it would live on without a row. Therefore a session is
     * first made invalid where it is, in cache and row, and that is committed: whatever is read from then on is dead.
     * Then the rows go, all by one statement, together with Keycloak's own removal, which clears the caches.
     *
     * <p>Not so an online session of which an offline one was made that is to stay: in the cache both have the same notes,
     * and Keycloak ends an offline session for good whose token is used while it is invalid. It is removed by Keycloak
     * alone, and looked for again.
     *
     * <p>What is gone goes onto the revocation list: later, so that a fault there never keeps a session alive, and one
     * that could not be ended is not listed.
     */
    @Override
    public List<Ended> end(List<SessionRef> sessions, boolean patient) {
        Invalidation invalidation = new Invalidation();
        boolean invalidated = invalidate(sessions, patient, invalidation);
        List<Ended> ended;
        try {
            // One that was there and is gone by now ended because it was invalid: Keycloak removes such at their next
            // use.
            ended = inTransaction(own -> {
                Set<SessionRef> present = present(own, sessions);
                if (invalidated) {
                    // What there is to tell is known. From the caches they are taken by Keycloak all the same.
                    rows(own, present.stream().filter(ref -> !invalidation.isSpared(ref)))
                            .delete();
                }
                return sessions.stream()
                        .filter(ref -> invalidation.found(ref) || present.contains(ref))
                        .map(ref -> {
                            List<Message> told = remove(own, ref, invalidation);
                            PendingSignIns.drop(own, ref.sid());
                            return new Ended(ref, told);
                        })
                        .toList();
            });
        } catch (RuntimeException e) {
            revalidate(sessions, invalidation);
            throw e;
        }
        revokedSris.addEnded(ended.stream().map(one -> one.session().sid()).toList());
        return ended;
    }

    /**
     * Whether it was committed. If it failed when some were invalid already, the removal is tried in any case: it may
     * succeed, and clears the cache if it does not.
     *
     * @throws RuntimeException when it failed before anything was touched
     */
    private boolean invalidate(List<SessionRef> sessions, boolean patient, Invalidation invalidation) {
        try {
            return inTransaction(own -> {
                rows(own, present(own, sessions).stream()).claim(patient);
                // Whoever held one may have ended it, or have made an offline session of it.
                Set<SessionRef> kept = keptRows(own, sessions);
                Set<SessionRef> present = present(own, sessions, kept);
                sessions.stream()
                        .filter(present::contains)
                        .forEach(ref -> invalidate(
                                own, ref, kept.contains(ref.twin()) && !sessions.contains(ref.twin()), invalidation));
                return true;
            });
        } catch (RuntimeException e) {
            if (!invalidation.hasBegun()) {
                throw e;
            }
            LOG.debug("Sessions could not be made invalid before their removal", e);
            return false;
        }
    }

    private void invalidate(KeycloakSession own, SessionRef ref, boolean twinStays, Invalidation invalidation) {
        UserSessionModel live = live(own, ref);
        if (live != null) {
            mustBelongToItsUser(live, ref);
        }
        if (live == null) {
            invalidation.unresolved(ref);
        } else if (twinStays) {
            invalidation.spare(ref);
        } else {
            invalidation.apply(ref, live, messages(own, live));
        }
    }

    private static void mustBelongToItsUser(UserSessionModel live, SessionRef ref) {
        if (!live.getUser().getId().equals(ref.userId().value())) {
            throw new IllegalStateException("the session is another user's by now");
        }
    }

    /** What could not be removed is as it was before: a session that is reported as not ended has not lost anything. */
    private void revalidate(List<SessionRef> sessions, Invalidation invalidation) {
        if (!invalidation.hasBegun()) {
            return;
        }
        try {
            inTransaction(own -> {
                sessions.forEach(ref -> {
                    UserSessionModel live = live(own, ref);
                    if (live != null) {
                        invalidation.undo(ref, live);
                    }
                });
                return true;
            });
        } catch (RuntimeException e) {
            LOG.warn("Sessions that could not be removed stay invalid", e);
        }
    }

    private List<Message> remove(KeycloakSession own, SessionRef ref, Invalidation invalidation) {
        UserSessionModel live = live(own, ref);
        if (live == null) {
            // Gone, expired, or its user cannot be found: then Keycloak gives no model, but may hold it in its cache.
            remove(own, ref, unresolved(own, ref));
            own.getProvider(UserSessionPersisterProvider.class)
                    .removeUserSession(ref.sid(), ref.kind() == SessionKind.OFFLINE);
            return invalidation.messages(ref).orElse(List.of());
        }
        mustBelongToItsUser(live, ref);
        List<Message> told = invalidation.messages(ref).orElseGet(() -> messages(own, live));
        remove(own, ref, live);
        return told;
    }

    /** Telling applications is what can be done beyond ending a session; it must never stand in the way of it. */
    private List<Message> messages(KeycloakSession own, UserSessionModel live) {
        try {
            return messages.about(own, StoredSession.copyOf(own, live));
        } catch (RuntimeException e) {
            LOG.warnf(
                    e,
                    "Applications cannot be told of the end of a session of user %s",
                    live.getUser().getId());
            return List.of();
        }
    }

    private static UserSessionModel live(KeycloakSession own, SessionRef ref) {
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

    /** A model of nothing but the id, which is all that Keycloak needs to take the session out of cache and table. */
    private static UserSessionModel unresolved(KeycloakSession own, SessionRef ref) {
        boolean offline = ref.kind() == SessionKind.OFFLINE;
        return new StoredSession(ref.sid(), ref.userId().value(), offline, 0, 0, false, "{}", List.of())
                .toModel(own, own.getContext().getRealm());
    }

    @Override
    public List<SessionRef> stillThere(List<SessionRef> sessions) {
        List<SessionRef> left = sessions;
        for (int look = 0; look < LOOKS && !left.isEmpty(); look++) {
            List<SessionRef> suspects = left;
            left = inTransaction(own -> {
                Set<SessionRef> present = present(own, suspects);
                return suspects.stream()
                        .filter(ref -> present.contains(ref) || revived(own, ref))
                        .toList();
            });
        }
        return left;
    }

    private static boolean revived(KeycloakSession own, SessionRef ref) {
        UserSessionModel revived = live(own, ref);
        if (revived != null) {
            LOG.debugf("A session of user %s was revived by a request under way", ref.userId());
            remove(own, ref, revived);
        }
        return revived != null;
    }

    @Override
    public List<SessionRef> kept(Collection<String> sids) {
        return inTransaction(own -> List.copyOf(sessionRows(own).kept(sids)));
    }

    private static JpaSessionRows sessionRows(KeycloakSession own) {
        return new JpaSessionRows(own, own.getContext().getRealm(), null);
    }

    /** Their rows, and those of their twins. */
    private static Set<SessionRef> keptRows(KeycloakSession own, List<SessionRef> sessions) {
        return sessionRows(own).kept(sessions.stream().map(SessionRef::sid).toList());
    }

    private static Set<SessionRef> present(KeycloakSession own, List<SessionRef> sessions) {
        return present(own, sessions, keptRows(own, sessions));
    }

    /** Those that have a row; where online sessions have none, those that Keycloak knows. One question for all of them. */
    private static Set<SessionRef> present(KeycloakSession own, List<SessionRef> sessions, Set<SessionRef> rows) {
        return sessions.stream()
                .filter(ref -> isStored(ref) ? rows.contains(ref) : live(own, ref) != null)
                .collect(Collectors.toSet());
    }

    private static EndingRows rows(KeycloakSession own, Stream<SessionRef> present) {
        return new EndingRows(
                own, present.filter(KeycloakSessionStore::isStored).toList());
    }

    /** Whether sessions of its kind are rows at all. */
    private static boolean isStored(SessionRef ref) {
        return ref.kind() == SessionKind.OFFLINE || MultiSiteUtils.isPersistentSessionsEnabled();
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
