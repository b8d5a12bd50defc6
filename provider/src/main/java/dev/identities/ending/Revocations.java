package dev.identities.ending;

import dev.identities.listing.SessionCatalog;
import dev.identities.session.KnownSession;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Works out which sessions a call is to end, and has the {@link Revoker} end them. */
public final class Revocations {

    private static final Logger LOG = Logger.getLogger(Revocations.class);

    private final SessionCatalog catalog;
    private final Revoker revoker;
    private final boolean offlineToo;

    /**
     * Revocations in one realm.
     *
     * @param offlineToo whether ending an online session or a user ends offline sessions as well
     */
    public Revocations(SessionCatalog catalog, Revoker revoker, boolean offlineToo) {
        this.catalog = catalog;
        this.revoker = revoker;
        this.offlineToo = offlineToo;
    }

    /**
     * Ends one session. An online session takes its offline twin along if offline sessions are included. An offline
     * session always takes its online twin along, as in Keycloak's own console.
     */
    public RevocationReport session(SessionRef session, Cause cause) {
        boolean bothKinds = offlineToo || session.kind() == SessionKind.OFFLINE;
        return end(
                refs(session.sid())
                        .filter(ref -> ref.userId().equals(session.userId()))
                        .filter(ref -> bothKinds || ref.kind() == session.kind())
                        .toList(),
                bothKinds,
                cause);
    }

    /**
     * Ends the session of this Keycloak session id. If an online session has the id, its offline twin goes along when
     * offline sessions are included. If only an offline session has the id, that one ends.
     */
    public RevocationReport session(String sid, Cause cause) {
        boolean bothKinds = offlineToo || !livesOnline(sid);
        return end(
                refs(sid)
                        .filter(ref -> bothKinds || ref.kind() == SessionKind.ONLINE)
                        .toList(),
                bothKinds,
                cause);
    }

    /** Looks for a ghost as well, because requests can still use it. */
    private boolean livesOnline(String sid) {
        return catalog.find(sid, SessionKind.ONLINE).isPresent()
                || catalog.known(sid).stream().anyMatch(one -> one.id().kind() == SessionKind.ONLINE && !one.hasRow());
    }

    private Stream<SessionRef> refs(String sid) {
        return catalog.known(sid).stream().map(KnownSession::ref);
    }

    /** Ends all sessions of these users. */
    public RevocationReport users(List<UserId> users, Cause cause) {
        return end(
                users.stream()
                        .flatMap(user -> catalog.refs(user).stream())
                        .filter(ref -> offlineToo || ref.kind() == SessionKind.ONLINE)
                        .toList(),
                offlineToo,
                cause);
    }

    /**
     * Ends these sessions, each with its twin as {@link #session(SessionRef, Cause)} does.
     *
     * @param sessions each once; a session that is gone already is reported so
     */
    public RevocationReport sessions(List<SessionRef> sessions, Cause cause) {
        Set<String> withTwins = sessions.stream()
                .filter(ref -> offlineToo || ref.kind() == SessionKind.OFFLINE)
                .map(SessionRef::sid)
                .collect(Collectors.toSet());
        Map<Boolean, List<SessionRef>> byTwins =
                sessions.stream().collect(Collectors.partitioningBy(ref -> withTwins.contains(ref.sid())));
        return end(inOneOrder(withTheirTwins(byTwins.get(true))), true, cause)
                .plus(end(inOneOrder(byTwins.get(false)), false, cause));
    }

    private List<SessionRef> withTheirTwins(List<SessionRef> sessions) {
        Set<SessionRef> all = new LinkedHashSet<>(sessions);
        existingOrNone(sessions.stream().map(SessionRef::sid).collect(Collectors.toSet())).stream()
                .filter(ref -> all.contains(ref.twin()))
                .forEach(all::add);
        return List.copyOf(all);
    }

    /** All calls lock rows in this order, so that no two of them wait for each other. */
    private static List<SessionRef> inOneOrder(List<SessionRef> sessions) {
        return sessions.stream()
                .sorted(Comparator.comparing(SessionRef::sid).thenComparing(SessionRef::kind))
                .toList();
    }

    /**
     * All sessions, of both kinds, that the store keeps by these ids now.
     *
     * @throws RuntimeException when the store failed
     */
    public List<SessionRef> existing(Collection<String> sids) {
        return revoker.existing(sids);
    }

    /** Tells the listeners that a call of many batches is over. */
    public void bulkEnded(BulkEnded event) {
        revoker.bulkEnded(event);
    }

    /**
     * Ends the targets, then their late twins: a code exchange under way may have made an offline twin of a session
     * that has just ended. The revoker is asked for them and not the catalog, because the catalog may answer from a
     * snapshot that the database took for this request.
     */
    private RevocationReport end(List<SessionRef> targets, boolean twinsToo, Cause cause) {
        RevocationReport report = revoker.revoke(targets, twinsToo, cause);
        if (report.anyFailed() || targets.isEmpty() || !twinsToo) {
            // After a failure the caller must call again in any case. Looking for late twins now could fail as well,
            // and then the report of the ended sessions would be lost.
            return report;
        }
        Map<String, UserId> users = targets.stream()
                .collect(Collectors.toMap(SessionRef::sid, SessionRef::userId, (online, offline) -> online));
        List<SessionRef> late = existingOrNone(users.keySet()).stream()
                .filter(ref -> ref.userId().equals(users.get(ref.sid())) && !targets.contains(ref))
                .toList();
        return late.isEmpty() ? report : report.plus(revoker.revoke(late, true, cause));
    }

    /** Empty when the store fails, because the report of the ended sessions must not be lost. */
    private List<SessionRef> existingOrNone(Set<String> sids) {
        try {
            return revoker.existing(sids);
        } catch (RuntimeException e) {
            LOG.error("Offline sessions made of ended ones at the last moment could not be looked for", e);
            return List.of();
        }
    }
}
