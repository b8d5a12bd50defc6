package dev.identities.keycloak.sessions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.identities.address.RecordedAddress;
import dev.identities.listing.SessionRows.Row;
import dev.identities.session.Broker;
import dev.identities.session.Device;
import dev.identities.session.RememberMe;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SignIn;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The sign-ins that were read last on this node. Each page of a list compares its sessions with up to ten others of each
 * person, so a page of a hundred reads a thousand rows for its signals. A list that is asked for every few seconds has
 * mostly the same rows each time.
 *
 * <p>A sign-in is remembered for its row at one second of last use, and for a few minutes. Keycloak moves that second on
 * with nearly all that it notes about a session. Of the rest (an account that is linked, a step that is repeated in a
 * later request) signals learn when the time is over. Which sessions there are, and which of them are live, the database
 * says each time. Thread-safe.
 */
public final class SignInMemory {

    /** Up to 700 bytes each, so 14 MB at worst: the people of twenty pages. */
    static final int MAX_REMEMBERED = 20_000;

    /** Counted from when it was read. Addresses of people should not stay long after their sessions. */
    static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(5);

    private final Cache<Row, Remembered> sessions;

    /** An empty memory. */
    public SignInMemory() {
        this(Ticker.systemTicker());
    }

    SignInMemory(Ticker clock) {
        sessions = Caffeine.newBuilder()
                .maximumSize(MAX_REMEMBERED)
                .expireAfterWrite(FORGOTTEN_AFTER)
                // Otherwise only a later request would clear away what is too old.
                .scheduler(Scheduler.systemScheduler())
                .ticker(clock)
                .build();
    }

    /**
     * A sign-in, and what can end its session without a change of the row.
     *
     * @param signIn without the texts of its header, which are long, and which signals do not look at
     * @param provider the alias of the identity provider; empty for a local sign-in
     */
    private record Remembered(SignIn signIn, Optional<String> provider) {

        static Remembered of(Session session) {
            SignIn read = session.signIn();
            Device kind =
                    new Device("", "", "", read.device().type(), read.device().osName(), "");
            return new Remembered(
                    new SignIn(
                            read.id(),
                            read.userId(),
                            read.started(),
                            read.ipAddress(),
                            kind,
                            read.grant(),
                            read.impersonator()),
                    session.broker().map(Broker::alias));
        }

        /** A recorded address may be any text. */
        boolean isSmall() {
            return signIn.ipAddress().length() <= RecordedAddress.MAX_LENGTH;
        }
    }

    /**
     * The sign-ins of rows that the database holds for live, with the kinds of their devices and no more of these, in
     * their order, without those that are over all the same.
     *
     * @param read reads the live sessions among rows that are not remembered
     * @param isProvider whether there is an identity provider of that alias. Without it a session is over
     */
    List<SignIn> of(List<Row> rows, Function<List<Row>, List<Session>> read, Predicate<String> isProvider) {
        Map<Row, Remembered> known = new HashMap<>(sessions.getAllPresent(rows));
        Map<SessionId, Row> unread = rows.stream()
                .filter(row -> !known.containsKey(row))
                .collect(Collectors.toMap(Row::id, Function.identity()));
        if (!unread.isEmpty()) {
            read.apply(List.copyOf(unread.values())).forEach(session -> {
                Row row = unread.get(session.id());
                Remembered remembered = Remembered.of(session);
                known.put(row, remembered);
                // Keycloak decides by the JSON of such a row whether its session is live, and so by its time limits.
                if (row.id().rememberMe() != RememberMe.UNKNOWN && remembered.isSmall()) {
                    sessions.put(row, remembered);
                }
            });
        }
        return rows.stream()
                .filter(known::containsKey)
                .map(known::get)
                .filter(remembered ->
                        remembered.provider().filter(isProvider.negate()).isEmpty())
                .map(Remembered::signIn)
                .toList();
    }
}
