package dev.identities.api.ngrok;

import dev.identities.api.Query;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The people that a list call asked for, and their order.
 *
 * @param lastActive whether the most recently active come first
 * @param search text to search for as in Keycloak's own search of users
 * @param identityProvider alias of the identity provider that they came through
 */
record UserFilter(boolean lastActive, Optional<String> search, Optional<String> identityProvider) {

    /** The longest search text: as long as the longest column that is searched. */
    static final int MAX_SEARCH = 255;

    private static final String ORDER_BY = "order_by";
    private static final String SEARCH = "search";
    private static final String IDENTITY_PROVIDER = "identity_provider";

    /** The parameters of a list of people, besides those of every list. */
    static final List<String> PARAMETERS = List.of(ORDER_BY, SEARCH, IDENTITY_PROVIDER);

    private static final String LAST_ACTIVE = "last_active";

    static UserFilter of(Query query) throws NgrokError.Raised {
        Optional<String> order = query.first(ORDER_BY);
        if (order.isPresent() && !order.get().equals(LAST_ACTIVE)) {
            throw NgrokError.unknownOrder(order.get()).raised();
        }
        Optional<String> search = query.first(SEARCH);
        if (search.isPresent() && (search.get().isBlank() || search.get().length() > MAX_SEARCH)) {
            throw NgrokError.searchLength().raised();
        }
        Optional<String> provider = query.first(IDENTITY_PROVIDER);
        if (provider.isPresent() && provider.get().isEmpty()) {
            throw NgrokError.noIdentityProvider().raised();
        }
        return new UserFilter(order.isPresent(), search, provider);
    }

    /** The same in the query of the next page. */
    String asQuery() {
        List<String> parameters = new ArrayList<>();
        if (lastActive) {
            parameters.add("&" + ORDER_BY + "=" + LAST_ACTIVE);
        }
        search.ifPresent(text -> parameters.add("&" + SEARCH + "=" + encoded(text)));
        identityProvider.ifPresent(alias -> parameters.add("&" + IDENTITY_PROVIDER + "=" + encoded(alias)));
        return String.join("", parameters);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
