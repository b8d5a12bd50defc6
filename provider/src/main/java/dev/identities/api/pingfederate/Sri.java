package dev.identities.api.pingfederate;

import java.util.regex.Pattern;

/**
 * The form of session identifiers. Ours are Keycloak's session ids: 24 characters of base64url, or UUIDs in sessions
 * from before Keycloak 26.4. PingFederate's own (27 characters, or 27, two dots and 4 more) are well-formed too and name
 * nothing here: an application that still holds one after a move learns that its session is over, which is true.
 */
final class Sri {

    private static final Pattern KEYCLOAK =
            Pattern.compile("[A-Za-z0-9_-]{24}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern PING_FEDERATE = Pattern.compile("[A-Za-z0-9_-]{27}(\\.\\.[A-Za-z0-9_-]{4})?");

    private Sri() {}

    /** Whether there could be a session of this id. */
    static boolean isKeycloaks(String sri) {
        return KEYCLOAK.matcher(sri).matches();
    }

    static boolean isWellFormed(String sri) {
        return isKeycloaks(sri) || PING_FEDERATE.matcher(sri).matches();
    }
}
