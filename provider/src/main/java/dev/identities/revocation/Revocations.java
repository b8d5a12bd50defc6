package dev.identities.revocation;

import dev.identities.catalog.SessionCatalog;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.util.List;

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
        return revoker.revoke(catalog.refs(session.sid()).stream()
                .filter(ref -> ref.userId().equals(session.userId()))
                .filter(ref -> bothKinds || ref.kind() == session.kind())
                .toList());
    }

    /** Ends all sessions of these users. */
    public RevocationReport users(List<UserId> users) {
        return revoker.revoke(users.stream()
                .flatMap(user -> catalog.refs(user).stream())
                .filter(ref -> offlineToo || ref.kind() == SessionKind.ONLINE)
                .toList());
    }
}
