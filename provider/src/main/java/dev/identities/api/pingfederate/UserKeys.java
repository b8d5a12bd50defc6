package dev.identities.api.pingfederate;

import dev.identities.session.UserId;
import dev.identities.settings.UserKeyHash;
import java.util.List;

/** Finds people by the key that a help desk uses for them. */
public interface UserKeys {

    /**
     * The users whose key is exactly this value.
     *
     * @param attribute {@code username}, {@code email}, {@code id}, or the name of a user attribute
     * @param max how many to look for at most
     * @return empty for an unknown key; several when users share the value
     */
    List<UserId> users(String attribute, String key, int max);

    /**
     * The users whose key has exactly this hash, among those who signed in since the realm asked for hashed keys.
     *
     * @param hash in the form in which {@link UserKeyHash#read} gives it
     */
    List<UserId> usersByHash(String attribute, UserKeyHash hashing, String hash, int max);

    /**
     * Whether the look-ups of this request could not have missed anybody. They can where more people without a stored
     * account are signed in than are looked at.
     */
    boolean foundAll();
}
