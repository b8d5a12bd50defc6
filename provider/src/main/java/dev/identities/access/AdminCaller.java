package dev.identities.access;

import dev.identities.session.Actor;
import dev.identities.session.UserId;
import java.util.Optional;

/** An authenticated administrator or service account. Keycloak's own permission evaluation gives every answer. */
public interface AdminCaller extends Actor {

    /** Whether the caller may query users. {@link #mayView} then decides for each user. */
    boolean mayQuery();

    /** Whether the caller may see this user. For a user that is gone: whether they may see every user. */
    boolean mayView(UserId user);

    /** Whether {@link #mayView} is sure to be true of every user, now and for each that comes. */
    default boolean mayViewAll() {
        return false;
    }

    /** Whether the caller may end this user's sessions. For a user that is gone: those of every user. */
    boolean mayManage(UserId user);

    /** Whether the caller may see which application this is. */
    boolean mayViewClient(String clientUuid);

    /** Whether the caller is here by the session of this id of Keycloak. */
    default boolean isHereBy(String sid) {
        return sid().filter(sid::equals).isPresent();
    }

    /** Keycloak's id of the session in this realm by which the caller is here; none for an API key. */
    Optional<String> sid();
}
