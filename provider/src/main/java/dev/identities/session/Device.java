package dev.identities.session;

/**
 * The device behind a session, as far as its User-Agent tells. Untrusted: a browser may claim anything.
 *
 * <p>Unknown members are the empty string, never null.
 *
 * @param userAgent the raw header as it was noted at sign-in: control characters stripped, 512 characters at most
 * @param browserName for example {@code Chrome}
 * @param browserVersion for example {@code 126.0.0}
 * @param type {@code Desktop}, {@code Mobile}, {@code Tablet}, {@code Bot} (a program, from crawlers to curl) or empty
 * @param osName for example {@code MacOS}
 * @param osVersion for example {@code 17.5.1}, {@code 10 or 11}; empty also when the header cannot know it
 */
public record Device(
        String userAgent, String browserName, String browserVersion, String type, String osName, String osVersion) {

    /** Nothing is known. */
    public static final Device UNKNOWN = unparsed("");

    /** Only the header itself is wanted. */
    public static Device unparsed(String userAgent) {
        return new Device(userAgent, "", "", "", "", "");
    }
}
