package dev.identities.ending;

import dev.identities.session.Actor;
import java.util.Optional;

/**
 * Why sessions end.
 *
 * @param actor the administrator or client that asked for the end
 * @param channel the API that the actor used
 * @param userKey the key by which the actor named the user, or its hash; untrusted. Empty when the actor named a
 *     session, or named the user by an id of the API
 * @param reason the actor's words, possibly empty; untrusted
 */
public record Cause(Actor actor, Channel channel, Optional<String> userKey, String reason) {}
