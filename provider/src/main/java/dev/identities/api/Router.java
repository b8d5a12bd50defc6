package dev.identities.api;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the handler for a request of an authenticated caller, by the API's table of routes.
 *
 * <p>The checks come in this order: the area's requirement, path and method, body, parameters, permission. The answer
 * is about the first check that fails. If several routes fit a request, the first one in the table answers.
 *
 * @param <C> the type of callers
 * @param <E> how the API refuses a request
 */
public final class Router<C, E extends Exception> {

    private final Refusals<E> refusals;
    private final List<Area<C, E>> areas;
    private final List<Route<C, E>> routes;

    /**
     * The router of an API.
     *
     * @param areas for a request, the area with the longest path that contains the request's path counts. A path
     *     outside of all areas does not exist
     * @param routes in the order in which they are tried
     */
    public Router(Refusals<E> refusals, List<Area<C, E>> areas, List<Route<C, E>> routes) {
        this.refusals = refusals;
        this.areas = List.copyOf(areas);
        this.routes = List.copyOf(routes);
    }

    /** The table. */
    public List<Route<C, E>> routes() {
        return routes;
    }

    /**
     * The answer of the route's handler.
     *
     * @throws E where the area, the table, the route's permission, or the handler refuses the request
     * @throws MalformedRequestException where the path, the query, or what the handler reads cannot be decoded
     */
    public Answer answer(C caller, ApiRequest request) throws E, MalformedRequestException {
        List<String> path = request.segments();
        Area<C, E> area = area(request, path);
        area.guard().check(caller, request);
        Route<C, E> route = route(request, path, selectors(request, area));
        requireNoBody(route, request);
        Query query = query(route, request);
        route.permission().check(caller, request);
        Call<C> call = new Call<>(caller, request, route.path().variables(path), query);
        return new Answer(route.handler().answer(call).build(), route.list());
    }

    private Area<C, E> area(ApiRequest request, List<String> path) throws E {
        return areas.stream()
                .filter(area -> area.contains(path))
                .max(Comparator.comparingInt(Area::length))
                .orElseThrow(() -> refusals.noSuchPath(request));
    }

    private Route<C, E> route(ApiRequest request, List<String> path, Set<String> given) throws E {
        List<Route<C, E>> here =
                routes.stream().filter(route -> route.path().matches(path)).toList();
        List<Route<C, E>> chosen = here.stream()
                .filter(route -> route.path().selectors().equals(given))
                .toList();
        Optional<Route<C, E>> found = chosen.stream()
                .filter(route -> route.method().equals(request.method()))
                .findFirst();
        return found.isPresent() ? found.get() : refuse(request, given, here, chosen);
    }

    /**
     * Always throws. It names a missing parameter rather than the method, where that parameter would have been enough.
     */
    private Route<C, E> refuse(ApiRequest request, Set<String> given, List<Route<C, E>> here, List<Route<C, E>> chosen)
            throws E {
        Optional<String> missing = here.stream()
                .filter(route -> chosen.isEmpty() || route.method().equals(request.method()))
                .flatMap(route -> route.path().selectors().stream())
                .filter(selector -> !given.contains(selector))
                .findFirst();
        if (missing.isPresent()) {
            throw refusals.missingParameter(missing.get());
        }
        if (chosen.isEmpty()) {
            throw refusals.noSuchPath(request);
        }
        throw refusals.methodNotAllowed(
                request, chosen.stream().map(Route::method).distinct().toList());
    }

    /** The parameters of the request that choose between the area's routes. The query is read only where some do. */
    private Set<String> selectors(ApiRequest request, Area<C, E> area) throws MalformedRequestException {
        Set<String> selectors = routes.stream()
                .map(Route::path)
                .filter(path -> area.contains(path.segments()))
                .flatMap(path -> path.selectors().stream())
                .collect(Collectors.toSet());
        if (!selectors.isEmpty()) {
            selectors.retainAll(request.query().parameters().keySet());
        }
        return selectors;
    }

    private void requireNoBody(Route<C, E> route, ApiRequest request) throws E {
        if (route.takesBody() || !request.hasBody()) {
            return;
        }
        Optional<E> unexpected = refusals.unexpectedBody();
        if (unexpected.isPresent()) {
            throw unexpected.get();
        }
    }

    private Query query(Route<C, E> route, ApiRequest request) throws E, MalformedRequestException {
        Query query = request.query();
        Optional<String> repeated = query.repeated();
        if (repeated.isPresent()) {
            throw refusals.repeatedParameter(repeated.get());
        }
        Optional<String> unknown = query.unknown(route.known());
        if (unknown.isPresent()) {
            throw refusals.unknownParameter(unknown.get(), route.known());
        }
        return query;
    }
}
