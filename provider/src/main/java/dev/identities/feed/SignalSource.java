package dev.identities.feed;

import dev.identities.session.Session;
import dev.identities.signal.Signal;
import java.util.List;

/** Works out what is unusual about a session that has begun. */
@FunctionalInterface
public interface SignalSource {

    /**
     * The signals of the session, in the order of {@link dev.identities.signal.SignalCode}; mostly none.
     *
     * @param realmId the session's realm; it may be gone
     * @throws RuntimeException when the store fails
     */
    List<Signal> of(String realmId, Session begun);
}
