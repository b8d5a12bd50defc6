package dev.identities.api;

import jakarta.ws.rs.core.Response;

/** One of the APIs: answers every request below its path, and never throws. */
@FunctionalInterface
public interface Api {

    /** The answer, in the API's own shape also when the request makes no sense or something failed. */
    Response handle(ApiRequest request);
}
