package dev.identities.bulk;

import dev.identities.session.Session;
import dev.identities.session.UserId;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A filter of a bulk call, read and found valid. */
public interface BulkFilter {

    /** The filter in one spelling: what its author wrote, but for differences without a meaning. Untrusted. */
    String text();

    /** Whether it is empty or sets no condition on sessions, so that it matches all of them. */
    boolean matchesAll();

    /**
     * Shows the live sessions that it matches, newest first. The look is complete: only {@code max} ends it early.
     *
     * @param now the time that the filter takes for now
     * @param visible which users' sessions the caller may see; those of others are passed over
     * @param max the most sessions
     * @param visitor should not keep the sessions, because they are large and many
     * @throws RuntimeException when the store failed, or is too busy for a look. No session was shown unless the store
     *     failed
     */
    void newest(Instant now, Predicate<UserId> visible, int max, Consumer<Session> visitor);
}
