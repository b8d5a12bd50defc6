package dev.identities.session;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The public id of a session: {@code ses_} + eight hexadecimal digits of the second in which it was created + one
 * letter for its kind and remember-me branch + Keycloak's own session id.
 *
 * <p>It carries its own place in the list, so that {@code before_id} is a comparison and not a look-up: paging goes on
 * after the item of that id is gone. As text, ids sort by creation second, later ones higher. Clients treat it as
 * opaque. It grants nothing: whoever presents it is still authenticated and authorised.
 *
 * @param createdOn second since the epoch in which the session was created
 * @param kind online or offline
 * @param rememberMe the branch of the list in which the session stands; not part of its identity
 * @param sid Keycloak's user session id ({@code sid} in tokens), 24 characters of base64url, or a UUID in older ones
 */
public record SessionId(long createdOn, SessionKind kind, RememberMe rememberMe, String sid) {

    /** What may stand in a session id; the column is 36 characters wide. */
    private static final Pattern SID = Pattern.compile("[A-Za-z0-9_-]{1,36}");

    private static final Pattern PUBLIC = Pattern.compile("ses_([0-9a-f]{8})([a-f])([A-Za-z0-9_-]{1,36})");

    /** The id as clients see it. Only {@code [A-Za-z0-9_-]}: several clients put it into a path as it is. */
    @Override
    public String toString() {
        return String.format("ses_%08x%c%s", createdOn, branch().letter(), sid);
    }

    /** The part of the list in which the session stands. */
    public Branch branch() {
        return new Branch(kind, rememberMe);
    }

    /** Position of the branch among sessions created in the same second: 0 comes first. */
    public int branchPosition() {
        return branch().position();
    }

    /** Reads a public id. Empty when the text is none, of any other form. */
    public static Optional<SessionId> parse(String text) {
        Matcher matcher = PUBLIC.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Branch branch = Branch.of(matcher.group(2).charAt(0));
        return Optional.of(new SessionId(
                Long.parseLong(matcher.group(1), 16), branch.kind(), branch.rememberMe(), matcher.group(3)));
    }

    /** Whether the text has the form of Keycloak's own session id. Says nothing about whether there is one. */
    public static boolean isSid(String text) {
        return SID.matcher(text).matches();
    }
}
