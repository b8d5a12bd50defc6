package dev.identities.keycloak;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;

/** Reads the admin event of a session that an administrator deleted. Keycloak names it by the path alone. */
public final class DeletedSession {

    private static final Pattern PATH = Pattern.compile("sessions/([^/]+)");

    private DeletedSession() {}

    /** Keycloak's id of the session; empty for another event. */
    public static Optional<String> sid(AdminEvent event) {
        if (event.getResourceType() != ResourceType.USER_SESSION
                || event.getOperationType() != OperationType.DELETE
                || event.getResourcePath() == null) {
            return Optional.empty();
        }
        Matcher path = PATH.matcher(event.getResourcePath());
        return path.matches() ? Optional.of(path.group(1)) : Optional.empty();
    }
}
