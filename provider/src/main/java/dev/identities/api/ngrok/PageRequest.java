package dev.identities.api.ngrok;

import dev.identities.api.Query;
import java.util.List;
import java.util.Optional;

/**
 * The page that a list call asked for.
 *
 * @param before the raw {@code before_id}; an empty one counts as absent, a client sends it on the first page
 */
record PageRequest(Optional<String> before, int limit) {

    /** The TypeScript client spells the cursor {@code beforeId}. */
    private static final String BEFORE_ID = "before_id";

    private static final String BEFORE_ID_ALIAS = "beforeId";
    private static final String LIMIT = "limit";

    /** The parameters of every list. */
    static final List<String> PARAMETERS = List.of(BEFORE_ID, BEFORE_ID_ALIAS, LIMIT);

    static PageRequest of(Query query) throws NgrokError.Raised {
        if (query.first(BEFORE_ID).isPresent() && query.first(BEFORE_ID_ALIAS).isPresent()) {
            throw NgrokError.repeatedParameter(BEFORE_ID).raised();
        }
        return new PageRequest(
                query.first(BEFORE_ID).or(() -> query.first(BEFORE_ID_ALIAS)).filter(before -> !before.isEmpty()),
                limit(query.first(LIMIT).filter(text -> !text.isEmpty())));
    }

    private static int limit(Optional<String> text) throws NgrokError.Raised {
        if (text.isEmpty()) {
            return NgrokApi.MAX_LIMIT;
        }
        if (!text.get().matches("[+-]?[0-9]+")) {
            throw NgrokError.limitNotANumber(text.get()).raised();
        }
        try {
            int limit = Integer.parseInt(text.get());
            if (limit >= 1 && limit <= NgrokApi.MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException tooLong) {
            // More digits than an int has: out of range as well.
        }
        throw NgrokError.limitOutOfRange(text.get()).raised();
    }
}
