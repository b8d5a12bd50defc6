package dev.identities.api.ngrok;

import dev.identities.access.AdminCaller;
import dev.identities.api.ApiRequest;
import dev.identities.api.Area;
import dev.identities.api.Call;
import dev.identities.api.Guard;
import dev.identities.api.Handler;
import dev.identities.api.Json;
import dev.identities.api.PagedList;
import dev.identities.api.Route;
import dev.identities.api.Router;
import dev.identities.bulk.BulkRevocation;
import dev.identities.ending.Revocations;
import dev.identities.feed.Feeds;
import dev.identities.listing.CursorSeal;
import dev.identities.listing.Directory;
import dev.identities.listing.SessionCatalog;
import dev.identities.session.Place;
import dev.identities.signal.Signals;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The table of the API's routes, and the parts that their handlers use. */
record NgrokRoutes(
        SessionCatalog catalog,
        Directory directory,
        CursorSeal seal,
        Function<String, Optional<Place>> places,
        Signals signals,
        Revocations revocations,
        BulkRevocation bulk,
        Feeds feeds) {

    private static final String DESCRIPTION = "/openapi.yaml";

    Router<AdminCaller, NgrokError.Raised> router() {
        return new Router<>(
                new NgrokRefusals(),
                List.of(
                        new Area<>("", (caller, request) -> requireVersion(request)),
                        new Area<>(DESCRIPTION, Guard.none())),
                List.of(
                        route("GET", "/users", call -> lists(call).users(call.query()))
                                .takes(PageRequest.PARAMETERS)
                                .takes(UserFilter.PARAMETERS)
                                .takes(FilterRequest.PARAMETERS)
                                .pageOf(PagedList.USERS),
                        route("GET", "/users/{id}", this::user),
                        route("DELETE", "/users/{id}", call -> endings(call).user(id(call), call.query()))
                                .takes(DeleteHandler.PARAMETERS),
                        route("GET", "/users/{id}/sessions", call -> lists(call).sessionsOf(id(call), call.query()))
                                .takes(PageRequest.PARAMETERS)
                                .takes(FilterRequest.PARAMETERS)
                                .pageOf(PagedList.USER_SESSIONS),
                        route("GET", "/sessions", call -> lists(call).sessions(call.query()))
                                .takes(PageRequest.PARAMETERS)
                                .takes(FilterRequest.PARAMETERS)
                                .pageOf(PagedList.SESSIONS),
                        route("GET", "/sessions/{id}", this::session),
                        route("DELETE", "/sessions/{id}", call -> endings(call).session(id(call), call.query()))
                                .takes(DeleteHandler.PARAMETERS),
                        route("POST", "/sessions/revoke", call -> bulk(call).revoke(call.request()))
                                .withBody(),
                        route("GET", "/events", call -> new EventsHandler(feeds, places).open(call))
                                .takes(EventsHandler.PARAMETERS),
                        Route.of("GET", DESCRIPTION, call -> OpenApi.document())));
    }

    /** A route for callers who may query users. The handler decides row by row what they see. */
    private static Route<AdminCaller, NgrokError.Raised> route(
            String method, String path, Handler<AdminCaller, NgrokError.Raised> handler) {
        return Route.of(method, path, handler).needs((caller, request) -> requireQuery(caller));
    }

    private static void requireVersion(ApiRequest request) throws NgrokError.Raised {
        List<String> versions = request.headers().apply("ngrok-version");
        if (versions.isEmpty()) {
            throw NgrokError.noVersion().raised();
        }
        if (versions.size() > 1 || !versions.get(0).trim().equals("2")) {
            throw NgrokError.unsupportedVersion(String.join(", ", versions)).raised();
        }
    }

    private static void requireQuery(AdminCaller caller) throws NgrokError.Raised {
        if (!caller.mayQuery()) {
            throw NgrokError.notPermitted().raised();
        }
    }

    private Response.ResponseBuilder user(Call<AdminCaller> call) throws NgrokError.Raised {
        return Json.response(200, renderer(call).user(lookup(call).identity(id(call))));
    }

    private Response.ResponseBuilder session(Call<AdminCaller> call) throws NgrokError.Raised {
        return Json.response(200, renderer(call).session(lookup(call).session(id(call))));
    }

    private static String id(Call<AdminCaller> call) {
        return call.variable("id");
    }

    private ListHandler lists(Call<AdminCaller> call) {
        return new ListHandler(catalog, directory, seal, call.caller(), renderer(call), filters(call));
    }

    private DeleteHandler endings(Call<AdminCaller> call) {
        return new DeleteHandler(catalog, revocations, call.caller(), renderer(call));
    }

    private BulkHandler bulk(Call<AdminCaller> call) {
        CallerFilters filters = filters(call);
        return new BulkHandler(bulk, text -> CatalogFilter.read(text, catalog, filters), call.caller(), renderer(call));
    }

    private ResourceLookup lookup(Call<AdminCaller> call) {
        return new ResourceLookup(catalog, call.caller());
    }

    private NgrokRenderer renderer(Call<AdminCaller> call) {
        return new NgrokRenderer(directory, places, reader(), call.caller());
    }

    private CallerFilters filters(Call<AdminCaller> call) {
        return new CallerFilters(directory, places, reader(), call.caller());
    }

    private SignalReader reader() {
        return new CatalogSignals(catalog, signals);
    }
}
