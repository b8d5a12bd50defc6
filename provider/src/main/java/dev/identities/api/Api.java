package dev.identities.api;

/** One of the APIs: answers every request below its path, and never throws. */
@FunctionalInterface
public interface Api {

    /** The answer, in the API's own shape also when the request makes no sense or something failed. */
    Answer handle(ApiRequest request);
}
