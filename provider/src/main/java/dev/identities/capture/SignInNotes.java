package dev.identities.capture;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The two notes that are written into a user session at sign-in. They live, move and die with the session.
 *
 * <p>They are needed because Keycloak keeps only its own parsed values of the User-Agent, not the header, and does not
 * keep the time of the latest sign-in with a session.
 */
public final class SignInNotes {

    /** The raw User-Agent of the sign-in that made the session, cleaned and cut: next to the address of that moment. */
    public static final String USER_AGENT = "identities.user-agent";

    /** Second since the epoch of the latest sign-in, single sign-on visits included. */
    public static final String LAST_SIGN_IN = "identities.last-sign-in";

    private SignInNotes() {}

    /**
     * The notes to write at a sign-in.
     *
     * @param present the value of a note that is there already, or null
     * @param userAgent the request's header, untrusted, or null
     */
    public static Map<String, String> at(Instant now, UnaryOperator<String> present, String userAgent) {
        Map<String, String> notes = new TreeMap<>();
        notes.put(LAST_SIGN_IN, Long.toString(now.getEpochSecond()));
        String cleaned = UserAgents.clean(userAgent);
        if (present.apply(USER_AGENT) == null && !cleaned.isEmpty()) {
            notes.put(USER_AGENT, cleaned);
        }
        return notes;
    }
}
