package dev.identities.ending;

import dev.identities.listing.SessionCatalog;
import dev.identities.session.KnownSession;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** What a caller may ask to end, worked out into sessions. */
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
     * Ends one session. Its offline twin of the same id goes along if offline sessions are included; whoever names the
     * offline session ends the online one too, as Keycloak's own console does.
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
     * Ends what goes by this Keycloak session id. Where there is an online session, the offline one of the same id goes
     * along if offline sessions are included; where only an offline one lives, it is the one that was meant.
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

    /** An online session whose row is gone works from a cache, but no look-up finds it. */
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
     * A code exchange under way may have made an offline twin of a session just ended: it goes as well. Not asked of the
     * catalog again, which may answer from a snapshot that the database took for this request.
     */
    private RevocationReport end(List<SessionRef> targets, boolean twinsToo, Cause cause) {
        RevocationReport report = revoker.revoke(targets, twinsToo, cause);
        if (report.anyFailed() || targets.isEmpty() || !twinsToo) {
            // What failed has to be called for again in any case; and a store that failed may fail now, when the report
            // is all that says what was ended.
            return report;
        }
        Map<String, UserId> users = targets.stream()
                .collect(Collectors.toMap(SessionRef::sid, SessionRef::userId, (online, offline) -> online));
        List<SessionRef> late = existing(users.keySet()).stream()
                .filter(ref -> ref.userId().equals(users.get(ref.sid())) && !targets.contains(ref))
                .toList();
        return late.isEmpty() ? report : report.plus(revoker.revoke(late, true, cause));
    }

    /** Nothing when the store cannot be asked: what was ended must be reported all the same. */
    private List<SessionRef> existing(Set<String> sids) {
        try {
            return revoker.existing(sids);
        } catch (RuntimeException e) {
            LOG.error("Offline sessions made of ended ones at the last moment could not be looked for", e);
            return List.of();
        }
    }
}
