package dev.identities.pingfederate;

import dev.identities.session.UserId;
import java.util.List;

/** Finds people by the key that a help desk knows them by. */
@FunctionalInterface
public interface UserKeys {

    /**
     * The users whose key is exactly this value.
     *
     * @param attribute {@code username}, {@code email}, {@code id}, or the name of a user attribute
     * @param max how many to look for at most
     * @return empty for an unknown key; several when users share the value
     */
    List<UserId> users(String attribute, String key, int max);
}
