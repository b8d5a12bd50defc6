package dev.identities.listing;

import dev.identities.session.Session;
import dev.identities.session.SessionKind;
import dev.identities.session.SessionRef;
import dev.identities.session.UserId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Live sessions without an order, as a server without persistent user sessions can give them. */
public interface SessionStreams {

    /** All live sessions of the realm, both kinds. To be closed. */
    Stream<Session> all();

    /** A user's live sessions, both kinds. To be closed. */
    Stream<Session> ofUser(UserId user);

    /** One live session. */
    Optional<Session> find(String sid, SessionKind kind);

    /** Everything to end for a user. */
    List<SessionRef> refs(UserId user);
}
