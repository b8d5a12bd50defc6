package dev.identities.api;

import java.util.Map;

/**
 * A request as its handler gets it. The router has checked all that the table of routes says about it.
 *
 * @param <C> the type of callers
 * @param caller authenticated, with the permission that the route needs
 * @param variables the decoded segments of the path by the names that the route gives them; untrusted, possibly empty
 * @param query of parameters that the route knows, each given once at most; the values are untrusted
 */
public record Call<C>(C caller, ApiRequest request, Map<String, String> variables, Query query) {

    /** The segment of the path at the variable of this name; null when the route has no such variable. */
    public String variable(String name) {
        return variables.get(name);
    }
}
