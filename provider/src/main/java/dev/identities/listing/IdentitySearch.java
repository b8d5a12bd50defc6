package dev.identities.listing;

import dev.identities.session.Identity;
import dev.identities.session.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds identities by way of their users: by Keycloak's own search of users, or by id. The cost grows with the number
 * of matching users, not with the number of sessions.
 */
public final class IdentitySearch {

    /** The most matching users per page, because a user that is not in Keycloak's cache costs queries. Not measured. */
    static final int MAX_SCANNED = 1_000;

    /** The fewest users per look-up, because most users who match a search may not be signed in. */
    static final int STEP = 50;

    /**
     * The users of the list: first the user whose id the text is, if there is one, then the users who match the text.
     */
    private static final int FIRST_MATCH = 1;

    private final Directory directory;
    private final SessionCatalog catalog;
    private final CursorSeal seal;

    /**
     * One search.
     *
     * @param seal opens what it closed for the same text only: see {@link SearchSeal}
     */
    public IdentitySearch(Directory directory, SessionCatalog catalog, CursorSeal seal) {
        this.directory = directory;
        this.catalog = catalog;
        this.seal = seal;
    }

    private record Found(Identity identity, OffsetCursor behind) {}

    /**
     * A page of the identities found, in the order of Keycloak's search. A page may be short, or empty, and still have
     * a cursor, because the number of users per page is bounded. Cursors are sealed, because they count people whom the
     * caller may not see.
     *
     * @param query with a text to search for
     * @param visible whom the caller may see
     */
    public Page<Identity> page(IdentityQuery<OffsetCursor> query, Predicate<UserId> visible) {
        String text = query.search().orElseThrow();
        OffsetCursor from = query.from().orElse(OffsetCursor.START);
        int limit = query.limit();
        // Hidden people are left out before any session is looked up, because the time of an answer must not tell
        // whether a hidden person is signed in.
        Optional<UserId> named = id(text).filter(visible);
        List<Found> found = new ArrayList<>();
        if (from.offset() < FIRST_MATCH) {
            query.asked(catalog.identities(named.stream().toList()))
                    .forEach(identity -> found.add(new Found(identity, new OffsetCursor(FIRST_MATCH))));
        }
        int step = Math.max(STEP, limit + 1);
        int start = Math.max(from.offset(), FIRST_MATCH);
        int position = start;
        while (found.size() <= limit && position - start < MAX_SCANNED) {
            List<UserId> users = directory.search(text, position - FIRST_MATCH, step);
            // A search that finds nobody is repeated further on as one that finds somebody is: else its time would tell
            // them apart where that is somebody hidden.
            if (users.isEmpty() && position > start) {
                return page(found, Optional.empty());
            }
            List<UserId> shown = users.stream().filter(visible).toList();
            for (Identity identity : query.asked(catalog.identities(shown))) {
                if (!named.equals(Optional.of(identity.userId()))) {
                    found.add(new Found(identity, new OffsetCursor(position + users.indexOf(identity.userId()) + 1)));
                }
            }
            position += step;
            // Also where nobody of them is signed in, or may be seen: the time must not depend on that.
            if (users.size() < step && found.size() <= limit && directory.endsWithShortPage()) {
                return page(found, Optional.empty());
            }
        }
        return found.size() > limit
                ? page(found.subList(0, limit), Optional.of(found.get(limit - 1).behind()))
                : page(found, Optional.of(new OffsetCursor(position)));
    }

    /** Keycloak's ids of users in other stores have a form that no username is likely to have. */
    private static Optional<UserId> id(String text) {
        return UserId.parse(text).or(() -> text.startsWith("f:") ? Optional.of(new UserId(text)) : Optional.empty());
    }

    private Page<Identity> page(List<Found> found, Optional<OffsetCursor> next) {
        return new Page<>(
                found.stream().map(Found::identity).toList(),
                next.map(OffsetCursor::toString).map(seal::seal));
    }
}
