package dev.identities.api;

import java.util.List;
import java.util.Optional;

/**
 * The words in which an API refuses a request that does not fit its table of routes. All arguments from the request are
 * untrusted.
 *
 * @param <E> thrown to answer with the error
 */
public interface Refusals<E extends Exception> {

    /** There is nothing at the path. */
    E noSuchPath(ApiRequest request);

    /**
     * There is something at the path, but not for the method.
     *
     * @param allowed the methods that there are, in the table's order; never empty
     */
    E methodNotAllowed(ApiRequest request, List<String> allowed);

    /** A body came to a route that takes none. Empty where the API leaves it unread. */
    Optional<E> unexpectedBody();

    /** There is something at the path for requests with this parameter only. */
    E missingParameter(String name);

    /** A parameter was given more than once. */
    E repeatedParameter(String name);

    /**
     * The route does not know a parameter.
     *
     * @param known those that it knows, in the table's order; possibly empty
     */
    E unknownParameter(String name, List<String> known);
}
