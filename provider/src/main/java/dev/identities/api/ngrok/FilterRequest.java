package dev.identities.api.ngrok;

import dev.identities.api.Query;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The filter that a list call asked for, and whether it asked for a total.
 *
 * @param text of the filter, untrusted; an empty one counts as absent
 * @param asOf what {@code time.now} is in the filter: the time of the first page, in whole seconds
 * @param total whether the answer says how many items there are
 */
record FilterRequest(Optional<String> text, Instant asOf, boolean total) {

    private static final String FILTER = "filter";
    private static final String AS_OF = "as_of";
    private static final String TOTAL = "total";

    /** RFC 3339 has no later times. */
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    /** The parameters of every list that has a filter. */
    static final List<String> PARAMETERS = List.of(FILTER, AS_OF, TOTAL);

    static FilterRequest of(Query query, Clock clock) throws NgrokError.Raised {
        Optional<String> text = query.first(FILTER).filter(filter -> !filter.isEmpty());
        Optional<String> asOf = query.first(AS_OF);
        if (asOf.isPresent() && text.isEmpty()) {
            throw NgrokError.invalidAsOf(asOf.get()).raised();
        }
        String total = query.first(TOTAL).orElse("false");
        if (!List.of("true", "false").contains(total)) {
            throw NgrokError.totalNotABoolean(total).raised();
        }
        return new FilterRequest(
                text,
                asOf.isPresent() ? time(asOf.get()) : clock.instant().truncatedTo(ChronoUnit.SECONDS),
                total.equals("true"));
    }

    private static Instant time(String text) throws NgrokError.Raised {
        try {
            Instant time = Instant.parse(text).truncatedTo(ChronoUnit.SECONDS);
            if (time.isAfter(Instant.EPOCH) && time.isBefore(END)) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // No time: refused below.
        }
        throw NgrokError.invalidAsOf(text).raised();
    }

    /** The same in the query of the next page. */
    String asQuery() {
        return text.map(filter -> "&" + FILTER + "=" + encoded(filter) + "&" + AS_OF + "=" + encoded(asOf.toString()))
                        .orElse("")
                + (total ? "&" + TOTAL + "=true" : "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
