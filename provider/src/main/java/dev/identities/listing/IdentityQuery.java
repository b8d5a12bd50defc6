package dev.identities.listing;

import dev.identities.session.Identity;
import java.util.Optional;

/**
 * What a list of identities is asked for. It goes as it is from the API down to the store.
 *
 * @param <P> a place in the list, which tells the order: {@link dev.identities.session.UserId} by user id, descending;
 *     {@link ActivityCursor} by latest activity, latest first; {@link OffsetCursor} as Keycloak's search of users has it
 * @param search text to search for as in Keycloak's own search of users, or the id of a user, in our form or Keycloak's;
 *     only where the list is in the order of that search
 * @param identityProvider only people one of whose recent sessions came through the identity provider of this alias
 * @param from only what comes after that place; what stood there need not exist any more
 * @param limit the most identities on the page, at least 1
 */
public record IdentityQuery<P>(
        Optional<String> search, Optional<String> identityProvider, Optional<P> from, int limit) {

    /**
     * Whether an identity, complete with its recent sessions, is asked for. Whatever a store has left out already, this
     * decides: a store may read too much, never too little.
     */
    public boolean matches(Identity identity) {
        return identityProvider.isEmpty() || identity.cameThrough(identityProvider.get());
    }
}
