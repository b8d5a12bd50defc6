package dev.identities.access;

/** Authenticates the current request as one of an administrator. */
@FunctionalInterface
public interface AdminAuthentication {

    /** The caller behind the request's {@code Authorization} header. */
    AdminCaller authenticate() throws AccessDeniedException;
}
