package dev.identities.api;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A row of an API's table of routes: a method and a path, the requirements of a request, and the handler that answers
 * it.
 *
 * @param <C> the type of callers
 * @param <E> how the API refuses a request
 * @param method in upper case; JAX-RS has HEAD answered by GET
 * @param parameters the query parameters that the route knows besides those that choose it, in the order of the
 *     documentation
 * @param takesBody whether the handler reads a body
 * @param permission the requirement of the caller; it is checked last
 * @param list the list that the route reads a page of
 */
public record Route<C, E extends Exception>(
        String method,
        PathPattern path,
        List<String> parameters,
        boolean takesBody,
        Guard<C, E> permission,
        Optional<PagedList> list,
        Handler<C, E> handler) {

    /**
     * A route for every caller that knows no parameter and takes no body.
     *
     * @param path as a {@link PathPattern} writes it
     */
    public static <C, E extends Exception> Route<C, E> of(String method, String path, Handler<C, E> handler) {
        return new Route<>(method, PathPattern.parse(path), List.of(), false, Guard.none(), Optional.empty(), handler);
    }

    /** The route with these parameters known besides. */
    public Route<C, E> takes(List<String> more) {
        List<String> all = Stream.concat(parameters.stream(), more.stream()).toList();
        return new Route<>(method, path, all, takesBody, permission, list, handler);
    }

    /** The route with a handler that reads the body. */
    public Route<C, E> withBody() {
        return new Route<>(method, path, parameters, true, permission, list, handler);
    }

    /** The route for callers with this permission only. */
    public Route<C, E> needs(Guard<C, E> needed) {
        return new Route<>(method, path, parameters, takesBody, needed, list, handler);
    }

    /** The route as one that reads a page of a list. */
    public Route<C, E> pageOf(PagedList read) {
        return new Route<>(method, path, parameters, takesBody, permission, Optional.of(read), handler);
    }

    List<String> known() {
        return Stream.concat(path.selectors().stream(), parameters.stream()).toList();
    }
}
