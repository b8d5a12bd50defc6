package dev.identities.session;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The public id of a session: {@code ses_} + eight hexadecimal digits of the second in which it was created + one
 * letter for its kind and remember-me branch + Keycloak's own session id.
 *
 * <p>It carries its own place in the list, so that {@code before_id} is a comparison and not a look-up: paging goes on
 * after the item of that id is gone. As text, ids sort by creation second, later ones higher. Clients treat it as
 * opaque. It grants no access: a caller who presents it must still be authenticated and authorised.
 *
 * @param createdOn second since the epoch in which the session was created
 * @param kind online or offline
 * @param rememberMe the "remember me" of its row, which is a part of its place in the list. Two ids of one session
 *     differ in it if Keycloak has filled it in meanwhile: compare {@code kind} and {@code sid} to tell sessions apart
 * @param sid Keycloak's user session id ({@code sid} in tokens), 24 characters of base64url, or a UUID in older ones
 */
public record SessionId(long createdOn, SessionKind kind, RememberMe rememberMe, String sid) {

    /** The form of Keycloak's session ids; their column is 36 characters wide. */
    private static final Pattern SID = Pattern.compile("[A-Za-z0-9_-]{1,36}");

    private static final int DIGITS = 8;

    private static final Pattern PUBLIC = Pattern.compile("ses_([0-9a-f]{8})([a-f])([A-Za-z0-9_-]{1,36})");

    /** The id as clients see it. Only {@code [A-Za-z0-9_-]}: several clients put it into a path as it is. */
    @Override
    public String toString() {
        return "ses_" + HexFormat.of().toHexDigits(createdOn, DIGITS) + letter(kind, rememberMe) + sid;
    }

    /**
     * The letter that says in which part of the list a session stands: {@code a} to {@code f}. Later letters come first
     * among sessions of the same second, so that ids fall while the list goes on. Part of the public id: never to be changed.
     */
    public static char letter(SessionKind kind, RememberMe rememberMe) {
        return switch (rememberMe) {
            case NO -> kind == SessionKind.ONLINE ? 'f' : 'c';
            case YES -> kind == SessionKind.ONLINE ? 'e' : 'b';
            case UNKNOWN -> kind == SessionKind.ONLINE ? 'd' : 'a';
        };
    }

    /** Reads a public id. Empty when the text is none, of any other form. */
    public static Optional<SessionId> parse(String text) {
        Matcher matcher = PUBLIC.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long createdOn = Long.parseLong(matcher.group(1), 16);
        char letter = matcher.group(2).charAt(0);
        return Stream.of(SessionKind.values())
                .flatMap(kind -> Stream.of(RememberMe.values())
                        .map(rememberMe -> new SessionId(createdOn, kind, rememberMe, matcher.group(3))))
                .filter(id -> letter(id.kind, id.rememberMe) == letter)
                .findFirst();
    }

    /** Whether the text has the form of Keycloak's own session id. Says nothing about whether there is one. */
    public static boolean isSid(String text) {
        return SID.matcher(text).matches();
    }
}
