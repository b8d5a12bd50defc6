package dev.identities.listing;

import dev.identities.session.Identity;
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
 */
public record IdentityQuery<P>(
        Optional<String> search, Optional<String> identityProvider, Optional<P> from, int limit) {

    /**
     * Whether the query asks for an identity, complete with its recent sessions. This decides, also after a store has
     * filtered: a store may read too many identities, never too few.
     */
    public boolean matches(Identity identity) {
        return identityProvider.isEmpty() || identity.cameThrough(identityProvider.get());
    }
}
