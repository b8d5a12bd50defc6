package dev.identities.keycloak.feed;

import dev.identities.access.IdentityProviderCaller;
import dev.identities.access.OAuthClientCaller;
import dev.identities.ending.Cause;
import dev.identities.ending.Channel;
import dev.identities.ending.EndingListener;
import dev.identities.ending.Outcome;
import dev.identities.ending.SessionsEnded;
import dev.identities.feed.FeedHub;
import dev.identities.feed.SessionEvent;
import dev.identities.feed.SessionEvent.End;
import dev.identities.feed.SessionEvent.Party;
import dev.identities.feed.SessionEvent.Through;
import dev.identities.keycloak.access.KeycloakAdminCaller;
import dev.identities.keycloak.sessions.SessionMapper;
import dev.identities.keycloak.sessions.StoredSession;
import dev.identities.session.Actor;
import dev.identities.session.Device;
import dev.identities.session.Session;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import dev.identities.text.LogText;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Tells the feed of sessions that a call of ours ends, for one request. */
public final class FeedEndings implements EndingListener {

    private static final Logger LOG = Logger.getLogger(FeedEndings.class);

    private final FeedHub hub;
    private final String realmId;
    private final Function<String, Device> devices;
    private final boolean watched;

    /** What the sessions were before they were removed. Several threads end the sessions of a call. */
    private final Map<SessionRef, Session> before = new ConcurrentHashMap<>();

    public FeedEndings(FeedHub hub, String realmId, Function<String, Device> devices) {
        this.hub = hub;
        this.realmId = realmId;
        this.devices = devices;
        this.watched = hub.isWatched(realmId);
    }

    /** Keeps what is known of a session that is about to be removed. */
    public void before(KeycloakSession own, StoredSession stored) {
        if (!watched) {
            return;
        }
        try {
            RealmModel realm = own.getContext().getRealm();
            Session session = new SessionMapper(own, realm, devices).snapshot(stored.toModel(own, realm));
            before.put(session.ref(), session);
        } catch (RuntimeException e) {
            // The session must end all the same, and its applications must be told.
            LOG.warn("The feed of events cannot say what an ended session was", e);
        }
    }

    @Override
    public void ended(SessionsEnded event) {
        if (watched) {
            event.report().outcomes().stream()
                    .filter(outcome -> outcome.status() == Outcome.Status.REVOKED)
                    .forEach(outcome -> hub.publish(ended(outcome.session(), event.cause())));
        }
    }

    private SessionEvent ended(SessionRef ref, Cause cause) {
        Party by = new Party(
                kind(cause.actor()),
                isOfAnotherRealm(cause.actor()) ? "" : cause.actor().id());
        return event(
                SessionEvent.Type.ENDED,
                realmId,
                ref,
                Optional.ofNullable(before.get(ref)),
                Optional.of(new End(by, through(cause.channel()), LogText.clean(cause.reason()))));
    }

    private static Party.Kind kind(Actor actor) {
        if (actor instanceof OAuthClientCaller) {
            return Party.Kind.CLIENT;
        }
        return actor instanceof IdentityProviderCaller ? Party.Kind.IDENTITY_PROVIDER : Party.Kind.ADMINISTRATOR;
    }

    private static Through through(Channel channel) {
        return switch (channel) {
            case APP -> Through.APP;
            case PF_WS -> Through.PF_WS;
            case GLOBAL_REVOCATION -> Through.GLOBAL_TOKEN_REVOCATION;
        };
    }

    private boolean isOfAnotherRealm(Actor actor) {
        return actor instanceof KeycloakAdminCaller caller
                && !caller.auth().getRealm().getId().equals(realmId);
    }

    static SessionEvent event(
            SessionEvent.Type type, String realmId, SessionRef ref, Optional<Session> session, Optional<End> end) {
        Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
        return new SessionEvent("evt_" + UUID.randomUUID(), type, now, realmId, ref, session, end, Optional.empty());
    }

    static SessionRef ref(String sid, SessionKind kind, String userId) {
        return new SessionRef(sid, kind, new UserId(userId == null ? "" : userId));
    }
}
