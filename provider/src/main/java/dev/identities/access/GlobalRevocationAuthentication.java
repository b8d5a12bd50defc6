package dev.identities.access;

/** Authenticates the current request as one of an identity provider or of an OAuth client. */
@FunctionalInterface
public interface GlobalRevocationAuthentication {

    /** The caller behind the request's credential. Whether the caller is switched on for the API is checked later. */
    GlobalRevocationCaller authenticate() throws AccessDeniedException;
}
