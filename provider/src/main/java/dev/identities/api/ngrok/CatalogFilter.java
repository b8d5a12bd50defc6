package dev.identities.api.ngrok;

import dev.identities.bulk.BulkFilter;
import dev.identities.filter.Filter;
import dev.identities.filter.FilterException;
import dev.identities.listing.SessionCatalog;
import dev.identities.listing.SessionQuery;
import dev.identities.session.Session;
import dev.identities.session.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The filter of a bulk call, in the language of the lists and looked up where they are. */
final class CatalogFilter implements BulkFilter {

    /** What an empty filter says. */
    private static final String EVERYTHING = "true";

    private final SessionCatalog catalog;
    private final CallerFilters filters;

    /** As it was given. The one spelling may be longer than a filter may be, so it is not compiled. */
    private final String source;

    private final String text;
    private final boolean matchesAll;

    private CatalogFilter(
            SessionCatalog catalog, CallerFilters filters, String source, String text, boolean matchesAll) {
        this.catalog = catalog;
        this.filters = filters;
        this.source = source;
        this.text = text;
        this.matchesAll = matchesAll;
    }

    /**
     * Reads a filter.
     *
     * @param text untrusted, possibly empty
     */
    static CatalogFilter read(String text, SessionCatalog catalog, CallerFilters filters) throws NgrokError.Raised {
        try {
            String source = text.isBlank() ? EVERYTHING : text;
            Filter<Session> filter = Filter.ofSessions(source, Instant.now());
            return new CatalogFilter(
                    catalog,
                    filters,
                    source,
                    filter.canonical(),
                    filter.constant().filter(Boolean::booleanValue).isPresent());
        } catch (FilterException e) {
            throw NgrokError.invalidFilter(e.getMessage()).raised();
        }
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public boolean matchesAll() {
        return matchesAll;
    }

    @Override
    public void newest(Instant now, Predicate<UserId> visible, int max, Consumer<Session> visitor) {
        try {
            SessionQuery query = new SessionQuery(
                    Optional.empty(), Optional.empty(), max, Optional.of(filters.ofSessions(source, now)));
            catalog.all(query, visible, max, visitor);
        } catch (NgrokError.Raised e) {
            throw new IllegalStateException("a filter that was read before cannot be read again", e);
        }
    }
}
