package dev.identities.api.ngrok;

import dev.identities.access.AdminCaller;
import dev.identities.listing.SessionCatalog;
import dev.identities.session.Identity;
import dev.identities.session.KnownSession;
import dev.identities.session.NamedSession;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.util.Optional;

/** Finds the resource that a path names, for one caller. A user whom the caller may not view counts as not there. */
record ResourceLookup(SessionCatalog catalog, AdminCaller caller) {

    Identity identity(String id) throws NgrokError.Raised {
        return catalog.identity(visible(id)).orElseThrow(NgrokError.notFound()::raised);
    }

    /**
     * The user to sign out, who must have sessions. Sessions that are over count too, because a second call finishes a
     * call that was cut off.
     */
    UserId userToSignOut(String id) throws NgrokError.Raised {
        UserId user = visible(id);
        if (catalog.refs(user).isEmpty()) {
            throw NgrokError.notFound().raised();
        }
        return user;
    }

    private UserId visible(String id) throws NgrokError.Raised {
        UserId user = UserId.parse(id).orElseThrow(NgrokError.invalidId()::raised);
        if (!caller.mayView(user)) {
            throw NgrokError.notFound().raised();
        }
        return user;
    }

    /** The session to end. It may be live, a ghost, or over and still have a row. */
    SessionRef sessionToEnd(String id) throws NgrokError.Raised {
        NamedSession named = named(id);
        return catalog.known(named.sid()).stream()
                .filter(known -> named.names(known.id()))
                .filter(known -> caller.mayView(known.userId()))
                .map(KnownSession::ref)
                .findFirst()
                .orElseThrow(NgrokError.notFound()::raised);
    }

    private static NamedSession named(String id) throws NgrokError.Raised {
        return NamedSession.parse(id).orElseThrow(NgrokError.invalidId()::raised);
    }

    Session session(String id) throws NgrokError.Raised {
        NamedSession named = named(id);
        return named.id()
                .map(found -> catalog.find(found.sid(), found.kind()))
                .orElseGet(() -> bySid(id))
                .filter(session -> named.names(session.id()))
                .filter(session -> caller.mayView(session.userId()))
                .orElseThrow(NgrokError.notFound()::raised);
    }

    /** The place in the list of sessions that {@code before_id} names. */
    Optional<SessionId> before(PageRequest request) throws NgrokError.Raised {
        if (request.before().isEmpty()) {
            return Optional.empty();
        }
        String before = request.before().get();
        if (UserId.parse(before).isPresent() && before.startsWith("usr_")) {
            throw NgrokError.foreignBeforeId("ses_").raised();
        }
        return Optional.of(SessionId.parse(before)
                .or(() -> bySid(before)
                        .filter(session -> caller.mayView(session.userId()))
                        .map(Session::id))
                .orElseThrow(NgrokError.invalidBeforeId(before)::raised));
    }

    /** Keycloak's own session id, as in a token's {@code sid}: the online session, or else the offline one. */
    private Optional<Session> bySid(String sid) {
        return SessionId.isSid(sid)
                ? catalog.find(sid, SessionKind.ONLINE).or(() -> catalog.find(sid, SessionKind.OFFLINE))
                : Optional.empty();
    }
}
