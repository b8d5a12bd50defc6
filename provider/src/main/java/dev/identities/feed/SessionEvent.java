package dev.identities.feed;

import dev.identities.session.Session;
import dev.identities.session.SessionRef;
import dev.identities.signal.Signal;
import dev.identities.signal.SignalCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A session began or ended, or is unusual.
 *
 * @param id of the event, the same on all nodes: a reader that gets an event twice knows it by this
 * @param realmId Keycloak's id of the realm
 * @param ref which session. The user id is empty if Keycloak did not say whose it was
 * @param session its state at that moment; empty if it could not be read any more
 * @param end why it ended; empty for other events
 * @param raised what is unusual about it; empty for other events
 */
public record SessionEvent(
        String id,
        Type type,
        Instant time,
        String realmId,
        SessionRef ref,
        Optional<Session> session,
        Optional<End> end,
        Optional<Raised> raised) {

    /** What happened. */
    public enum Type {
        STARTED("session.started"),
        ENDED("session.ended"),
        SIGNAL_RAISED("signal.raised");

        private final String wireName;

        Type(String wireName) {
            this.wireName = wireName;
        }

        /** The name that programs see. */
        public String wireName() {
            return wireName;
        }
    }

    /**
     * Why a session ended.
     *
     * @param by who asked for the end
     * @param through the way it was asked for
     * @param reason the words of the one who asked, possibly empty; untrusted
     */
    public record End(Party by, Through through, String reason) {}

    /**
     * Who asked for an end.
     *
     * @param id an administrator's or a user's Keycloak id, a client id, or the alias of an identity provider; empty
     *     for Keycloak itself, and for an administrator of another realm
     */
    public record Party(Kind kind, String id) {

        /** Keycloak itself, for example when a session expires. */
        public static final Party SERVER = new Party(Kind.SERVER, "");

        /** The sorts of parties. */
        public enum Kind {
            ADMINISTRATOR,
            CLIENT,
            IDENTITY_PROVIDER,
            USER,
            SERVER
        }
    }

    /** The way an end was asked for. */
    public enum Through {
        /** {@code /realms/{realm}/app}, and our page of the admin console. */
        APP,
        /** {@code /realms/{realm}/pf-ws}. */
        PF_WS,
        /** {@code /realms/{realm}/app/global-token-revocation}. */
        GLOBAL_TOKEN_REVOCATION,
        /** Keycloak's Admin REST API and its console. */
        ADMIN_API,
        /** A logout of the user's own: in an application, or in the account console. */
        LOGOUT,
        /** The last token of the session was revoked. */
        TOKEN_REVOCATION,
        /** The session's account was removed. By Keycloak itself, where a user store does not have it any more. */
        USER_REMOVED,
        /** Nobody asked: the session's time was up. */
        EXPIRY
    }

    /**
     * A signal of a session that began.
     *
     * @param code the signal that the event is about; there is an event for each
     * @param all all signals of the session at that moment, in the order of {@link SignalCode}
     */
    public record Raised(SignalCode code, List<Signal> all) {}

    /** The signals of the session that the event shows; none for other events than a raised signal. */
    public List<Signal> signals() {
        return raised.map(Raised::all).orElse(List.of());
    }

    /**
     * The event for a signal of the session that began with this event. It has the same id on all nodes, because each node
     * works signals out for its own feeds.
     */
    SessionEvent raise(SignalCode code, List<Signal> all) {
        UUID own = UUID.nameUUIDFromBytes((id + " " + code).getBytes(StandardCharsets.UTF_8));
        return new SessionEvent(
                "evt_" + own,
                Type.SIGNAL_RAISED,
                time,
                realmId,
                ref,
                session,
                Optional.empty(),
                Optional.of(new Raised(code, all)));
    }

    /** Two events of one node or of two that tell the same. */
    String sameness() {
        return saidOf(type) + raised.map(signal -> " " + signal.code()).orElse("");
    }

    /** What can be said again after this event, because it is true no more. */
    Optional<String> opposite() {
        return switch (type) {
            case STARTED -> Optional.of(saidOf(Type.ENDED));
            case ENDED -> Optional.of(saidOf(Type.STARTED));
            case SIGNAL_RAISED -> Optional.empty();
        };
    }

    private String saidOf(Type what) {
        return what + " " + ref.kind() + " " + ref.sid();
    }
}
