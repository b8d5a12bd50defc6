package dev.identities.session;

import java.time.Instant;

/**
 * One step by which the person proved who they are, in the realm's own flow.
 *
 * @param execution id of the step in the realm's flow: the same authenticator may stand in it more than once
 * @param authenticator the authenticator's provider id, for example {@code auth-username-password-form}
 * @param name its display name
 * @param at when it succeeded
 */
public record Authentication(String execution, String authenticator, String name, Instant at) {}
