package dev.identities.ending;

import dev.identities.session.Actor;
import java.util.Optional;

/**
 * Why sessions end.
 *
 * @param actor by whom
 * @param channel through what
 * @param userKey the key by which the actor named the user, or its hash; untrusted. Empty where a session was named, or a
 *     user by an id of the API
 * @param reason the actor's words, possibly empty; untrusted
 */
public record Cause(Actor actor, Channel channel, Optional<String> userKey, String reason) {}
