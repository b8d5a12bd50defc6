package dev.identities.listing;

import dev.identities.session.Identity;
import java.util.List;
import java.util.Optional;

/**
 * The query of a list of identities. It goes unchanged from the API down to the store.
 *
 * @param <P> a place in the list, which tells the order: {@link dev.identities.session.UserId} by user id, descending;
 *     {@link ActivityCursor} by latest activity, latest first; {@link OffsetCursor} as Keycloak's search of users has it
 * @param search text to search for as in Keycloak's own search of users, or the id of a user, in our form or Keycloak's;
 *     only where the list is in the order of that search
 * @param identityProvider only people one of whose recent sessions came through the identity provider of this alias
 * @param from only identities after this place; the identity at the place may be gone
 * @param limit the most identities on the page, at least 1
 * @param filter only the identities that it asks for
 */
public record IdentityQuery<P>(
        Optional<String> search,
        Optional<String> identityProvider,
        Optional<P> from,
        int limit,
        Optional<ListFilter<Identity>> filter) {

    private static final int FILTERED_STEP = 50;

    /** A query without a filter. */
    public IdentityQuery(Optional<String> search, Optional<String> identityProvider, Optional<P> from, int limit) {
        this(search, identityProvider, from, limit, Optional.empty());
    }

    /**
     * Whether the query asks for an identity, complete with its recent sessions. This decides, also after a store has
     * filtered: a store may read too many identities, never too few.
     */
    public boolean matches(Identity identity) {
        return (identityProvider.isEmpty() || identity.cameThrough(identityProvider.get()))
                && (filter.isEmpty() || filter.get().asksFor().test(identity));
    }

    /** Those of these identities that the query asks for, in their order. What is costly is read for all of them. */
    List<Identity> asked(List<Identity> identities) {
        List<Identity> through = identityProvider.isEmpty()
                ? identities
                : identities.stream()
                        .filter(identity -> identity.cameThrough(identityProvider.get()))
                        .toList();
        return filter.isEmpty() ? through : filter.get().asked(through);
    }

    /** How many people are read at a time: with a filter, of whom few may be asked for, more than a page lacks. */
    int step(int missing) {
        return filter.isPresent() ? Math.max(missing, FILTERED_STEP) : missing;
    }
}
