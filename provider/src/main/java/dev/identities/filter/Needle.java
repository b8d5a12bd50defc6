package dev.identities.filter;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A text that the stored data of every matching session contains.
 *
 * @param source the part of the data
 * @param match how the part contains it
 * @param text only characters that JSON does not escape: see {@link #isPlain}; never empty
 */
public record Needle(Source source, Match match, String text) {

    /** A part of a session's stored data. */
    public enum Source {
        /** The address as Keycloak recorded it, which is not always the form that is shown. */
        RECORDED_ADDRESS,
        /** The alias of the identity provider. */
        PROVIDER_ALIAS,
        /** The protocol of the sign-in. */
        AUTH_METHOD,
        /** The raw User-Agent as it was noted at sign-in. */
        USER_AGENT
    }

    /** How a part contains a text. */
    public enum Match {
        /** The whole part is the text. */
        EXACT,
        /** The part begins with the text. */
        PREFIX,
        /** The text is anywhere in the part. */
        ANYWHERE
    }

    /**
     * An IPv4 address may be recorded as an IPv4-mapped IPv6 address, whose text has many forms. All of them begin with
     * one of these. So they stand beside every needle for an IPv4 address. IPv6 with a port begins so as well.
     */
    static final List<Needle> MAPPED_ADDRESSES = List.of(
            new Needle(Source.RECORDED_ADDRESS, Match.PREFIX, ":"),
            new Needle(Source.RECORDED_ADDRESS, Match.PREFIX, "0"),
            new Needle(Source.RECORDED_ADDRESS, Match.PREFIX, "["));

    /** No quote, no backslash, no slash of a closing tag, nothing outside ASCII: no writer of JSON escapes these. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:@/ ()-]+");

    /** Whether a text stands in JSON as it is, and so can be searched for. */
    static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches();
    }
}
