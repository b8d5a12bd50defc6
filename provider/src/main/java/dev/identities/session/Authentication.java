package dev.identities.session;

import java.time.Instant;

/**
 * One step by which the person proved who they are, in the realm's own flow.
 *
 * @param authenticator the authenticator's provider id, for example {@code auth-username-password-form}
 * @param name its display name
 * @param at when it succeeded
 */
public record Authentication(String authenticator, String name, Instant at) {}
