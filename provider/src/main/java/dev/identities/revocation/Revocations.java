package dev.identities.revocation;

import dev.identities.catalog.SessionCatalog;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What a caller may ask to end, worked out into sessions. */
public final class Revocations {

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
    public RevocationReport session(SessionRef session) {
        boolean bothKinds = offlineToo || session.kind() == SessionKind.OFFLINE;
        return end(() -> catalog.refs(session.sid()).stream()
                .filter(ref -> ref.userId().equals(session.userId()))
                .filter(ref -> bothKinds || ref.kind() == session.kind())
                .toList());
    }

    /**
     * Ends what goes by this Keycloak session id. Where there is an online session, the offline one of the same id goes
     * along if offline sessions are included; where only an offline one lives, it is the one that was meant.
     */
    public RevocationReport session(String sid) {
        boolean bothKinds = offlineToo || catalog.find(sid, SessionKind.ONLINE).isEmpty();
        return end(() -> catalog.refs(sid).stream()
                .filter(ref -> bothKinds || ref.kind() == SessionKind.ONLINE)
                .toList());
    }

    /** Ends all sessions of these users. */
    public RevocationReport users(List<UserId> users) {
        return end(() -> users.stream()
                .flatMap(user -> catalog.refs(user).stream())
                .filter(ref -> offlineToo || ref.kind() == SessionKind.ONLINE)
                .toList());
    }

    /** A code exchange under way may have made an offline twin of a session just ended: it goes as well. */
    private RevocationReport end(Supplier<List<SessionRef>> targets) {
        RevocationReport report = revoker.revoke(targets.get());
        if (report.anyFailed()) {
            // The call has to be repeated in any case; and a store that failed may fail now, when the report is all
            // that says what was ended.
            return report;
        }
        Set<SessionRef> known = report.outcomes().stream().map(Outcome::session).collect(Collectors.toSet());
        Set<String> sids = known.stream().map(SessionRef::sid).collect(Collectors.toSet());
        if (sids.isEmpty()) {
            return report;
        }
        List<SessionRef> late = targets.get().stream()
                .filter(ref -> sids.contains(ref.sid()) && !known.contains(ref))
                .toList();
        return late.isEmpty() ? report : report.plus(revoker.revoke(late));
    }
}
