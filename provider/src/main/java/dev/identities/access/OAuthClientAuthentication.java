package dev.identities.access;

/** Authenticates the current request as one of an OAuth client, by the method configured for that client. */
@FunctionalInterface
public interface OAuthClientAuthentication {

    /** The confidential client behind the request. */
    OAuthClientCaller authenticate() throws AccessDeniedException;
}
