package dev.identities.api.ngrok;

import dev.identities.access.AdminCaller;
import dev.identities.api.Json;
import dev.identities.api.Query;
import dev.identities.listing.ActivityCursor;
import dev.identities.listing.CursorSeal;
import dev.identities.listing.Directory;
import dev.identities.listing.IdentityQuery;
import dev.identities.listing.IdentitySearch;
import dev.identities.listing.ListFilter;
import dev.identities.listing.OffsetCursor;
import dev.identities.listing.Page;
import dev.identities.listing.SearchSeal;
import dev.identities.listing.SessionCatalog;
import dev.identities.listing.SessionQuery;
import dev.identities.listing.Total;
import dev.identities.session.Identity;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.UserId;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** The lists, page by page, for one caller. */
final class ListHandler {

    /** What counting people may take besides the page. */
    private static final Duration TOTAL_TIME = Duration.ofSeconds(1);

    private final SessionCatalog catalog;
    private final Directory directory;
    private final CursorSeal seal;
    private final AdminCaller caller;
    private final ResourceLookup lookup;
    private final NgrokRenderer renderer;
    private final CallerFilters filters;

    ListHandler(
            SessionCatalog catalog,
            Directory directory,
            CursorSeal seal,
            AdminCaller caller,
            NgrokRenderer renderer,
            CallerFilters filters) {
        this.catalog = catalog;
        this.directory = directory;
        this.seal = seal;
        this.caller = caller;
        this.lookup = new ResourceLookup(catalog, caller);
        this.renderer = renderer;
        this.filters = filters;
    }

    Response.ResponseBuilder users(Query query) throws NgrokError.Raised {
        PageRequest request = PageRequest.of(query);
        UserFilter filter = UserFilter.of(query);
        FilterRequest filtered = FilterRequest.of(query, Clock.systemUTC());
        Optional<ListFilter<Identity>> compiled = filtered.text().isPresent()
                ? Optional.of(filters.ofUsers(filtered.text().get(), filtered.asOf()))
                : Optional.empty();
        Page<Identity> page = users(request, filter, compiled);
        Optional<Total> total =
                filtered.total() ? Optional.of(total(request, page, filter, compiled)) : Optional.empty();
        return Json.response(
                200,
                new NgrokJson.UserList(
                        renderer.users(page.items()),
                        renderer.usersUri(),
                        next(page, renderer.usersUri(), request, filter.asQuery() + filtered.asQuery()),
                        shown(total)));
    }

    /** Counts people page by page: nothing tells that a person is signed in but their sessions. */
    private Total total(
            PageRequest request, Page<Identity> page, UserFilter filter, Optional<ListFilter<Identity>> compiled)
            throws NgrokError.Raised {
        if (isWhole(request, page)) {
            return new Total(page.items().size(), true);
        }
        long until = System.nanoTime() + TOTAL_TIME.toNanos();
        long counted = 0;
        Optional<String> place = Optional.empty();
        do {
            Page<Identity> counting = users(new PageRequest(place, NgrokApi.MAX_LIMIT), filter, compiled);
            counted += counting.items().size();
            place = counting.next();
        } while (place.isPresent() && counted < Total.MAX && System.nanoTime() - until < 0);
        return new Total(counted, place.isEmpty());
    }

    /** Whether a page is all of its list. */
    private static boolean isWhole(PageRequest request, Page<?> page) {
        return request.before().isEmpty() && page.next().isEmpty();
    }

    private static NgrokJson.Total shown(Optional<Total> total) {
        return total.map(counted -> new NgrokJson.Total(counted.value(), counted.exact() ? "eq" : "gte"))
                .orElse(null);
    }

    private Page<Identity> users(PageRequest request, UserFilter filter, Optional<ListFilter<Identity>> compiled)
            throws NgrokError.Raised {
        Optional<String> provider = filter.identityProvider();
        boolean nobody =
                isUnknown(provider) || compiled.filter(ListFilter::isImpossible).isPresent();
        if (filter.search().isPresent()) {
            // Never without a seal: whoever could choose a count would learn how many hidden people are passed over.
            CursorSeal own = new SearchSeal(seal, filter.search().get());
            IdentityQuery<OffsetCursor> asked = query(
                    request,
                    filter,
                    compiled,
                    before(request, "pos_", own, unsealed -> Optional.empty(), OffsetCursor::parse));
            return nobody ? Page.empty() : new IdentitySearch(directory, catalog, own).page(asked, caller::mayView);
        }
        if (filter.lastActive() || provider.isPresent()) {
            IdentityQuery<ActivityCursor> asked = query(
                    request,
                    filter,
                    compiled,
                    before(request, "act_", seal, ActivityCursor::parse, ActivityCursor::parse));
            return nobody ? Page.empty() : catalog.recentlyActive(asked, caller::mayView);
        }
        IdentityQuery<UserId> asked =
                query(request, filter, compiled, before(request, "usr_", seal, UserId::parse, UserId::parse));
        return nobody ? Page.empty() : catalog.identities(asked, caller::mayView);
    }

    private static <P> IdentityQuery<P> query(
            PageRequest request, UserFilter filter, Optional<ListFilter<Identity>> compiled, Optional<P> from) {
        return new IdentityQuery<>(filter.search(), filter.identityProvider(), from, request.limit(), compiled);
    }

    /** Whether the identity provider is not there. Then the list is empty, because sessions end with their provider. */
    private boolean isUnknown(Optional<String> provider) {
        return provider.isPresent() && !directory.hasIdentityProvider(provider.get());
    }

    /**
     * The place that {@code before_id} names, which must be one of this list. An error repeats the client's text, never
     * the text under its seal.
     *
     * @param own the seal of this list; the places of other lists need not open
     * @param plain reads a place that is not sealed
     * @param sealed reads a place that was under a seal
     */
    private <P> Optional<P> before(
            PageRequest request,
            String prefix,
            CursorSeal own,
            Function<String, Optional<P>> plain,
            Function<String, Optional<P>> sealed)
            throws NgrokError.Raised {
        if (request.before().isEmpty()) {
            return Optional.empty();
        }
        String before = request.before().get();
        Optional<String> opened = own.open(before);
        Optional<P> place = opened.isPresent() ? sealed.apply(opened.get()) : plain.apply(before);
        if (place.isPresent()) {
            return place;
        }
        boolean foreign = seal.open(before).isPresent()
                || SessionId.parse(before).isPresent()
                || UserId.parse(before).isPresent()
                || ActivityCursor.parse(before).isPresent()
                || OffsetCursor.parse(before).isPresent();
        throw (foreign ? NgrokError.foreignBeforeId(prefix) : NgrokError.invalidBeforeId(before)).raised();
    }

    private Optional<SessionId> sessionBefore(PageRequest request) throws NgrokError.Raised {
        Optional<String> opened = request.before().flatMap(seal::open);
        return opened.isPresent()
                ? Optional.of(SessionId.parse(opened.get()).orElseThrow(NgrokError.foreignBeforeId("ses_")::raised))
                : lookup.before(request);
    }

    Response.ResponseBuilder sessions(Query query) throws NgrokError.Raised {
        return sessions(Optional.empty(), query, PageRequest.of(query), renderer.sessionsUri());
    }

    Response.ResponseBuilder sessionsOf(String id, Query query) throws NgrokError.Raised {
        PageRequest request = PageRequest.of(query);
        UserId user = lookup.identity(id).userId();
        return sessions(Optional.of(user), query, request, renderer.usersUri() + "/" + user + "/sessions");
    }

    private Response.ResponseBuilder sessions(Optional<UserId> user, Query query, PageRequest request, String uri)
            throws NgrokError.Raised {
        FilterRequest filtered = FilterRequest.of(query, Clock.systemUTC());
        Optional<ListFilter<Session>> compiled = filtered.text().isPresent()
                ? Optional.of(filters.ofSessions(filtered.text().get(), filtered.asOf()))
                : Optional.empty();
        SessionQuery asked = new SessionQuery(user, sessionBefore(request), request.limit(), compiled);
        Page<Session> page = catalog.sessions(asked, caller::mayView);
        Optional<Total> total = filtered.total() ? Optional.of(total(request, page, asked)) : Optional.empty();
        return Json.response(
                200,
                new NgrokJson.SessionList(
                        renderer.sessions(page.items()),
                        uri,
                        next(page, uri, request, filtered.asQuery()),
                        shown(total)));
    }

    private Total total(PageRequest request, Page<Session> page, SessionQuery asked) {
        return isWhole(request, page) ? new Total(page.items().size(), true) : catalog.total(asked, caller::mayView);
    }

    private static String next(Page<?> page, String uri, PageRequest request, String filter) {
        return page.next()
                .map(cursor -> uri + "?before_id=" + cursor + "&limit=" + request.limit() + filter)
                .orElse(null);
    }
}
