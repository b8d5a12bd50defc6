package dev.identities.keycloak.sessions;

import dev.identities.keycloak.slots.SessionSlots;
import dev.identities.listing.CachedSessions;
import dev.identities.listing.SessionStreams;
import dev.identities.session.KnownSession;
import dev.identities.session.Session;
import dev.identities.session.SessionKind;
import dev.identities.session.UserId;
import java.util.List;
import java.util.Optional;

/** The sessions of one realm that the session caches hold. */
public final class SlotSessions implements CachedSessions {

    private final SessionSlots slots;
    private final String realmId;
    private final SessionStreams models;

    /**
     * The sessions of one realm.
     *
     * @param models Keycloak's own look-up, which asks the cache first
     */
    public SlotSessions(SessionSlots slots, String realmId, SessionStreams models) {
        this.slots = slots;
        this.realmId = realmId;
        this.models = models;
    }

    @Override
    public List<KnownSession> of(UserId user) {
        return slots.cached(realmId, user);
    }

    @Override
    public List<KnownSession> of(String sid) {
        return slots.cached(realmId, sid);
    }

    @Override
    public Optional<Session> find(String sid, SessionKind kind) {
        return models.find(sid, kind);
    }
}
