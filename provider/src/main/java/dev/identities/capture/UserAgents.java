package dev.identities.capture;

import dev.identities.session.Device;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import ua_parser.Parser;

/**
 * Reads a device from a User-Agent header. The header is untrusted: it may be absent, huge, hostile or a lie.
 *
 * <p>The parser is Keycloak's uap-java. Its rules are those of the project uap-core in this jar, because the rules in
 * uap-java's own jar are of 2023. {@link DeviceRules} says what we make of its answer.
 *
 * <p>An iPad that asks for desktop pages calls itself a Macintosh and is taken for one. Making an instance reads and
 * compiles the parser's rules: make one and keep it. Thread-safe.
 */
public final class UserAgents {

    /** The longest text kept or parsed, in UTF-16 units. Real ones have 100 to 250; Keycloak has the same limit. */
    public static final int MAX_LENGTH = 512;

    /** A parsed header takes up to 3 KB, so 6 MB at worst. Realms see some hundreds of different headers at a time. */
    static final int MAX_CACHED = 2000;

    /** See {@code META-INF/THIRD-PARTY.txt} for where it is from. */
    private static final String RULES = "/dev/identities/uapcore/regexes.yaml";

    private final Parser parser = parser();

    /** Guarded by itself. Parsing is outside the lock, so threads do not wait, but two may parse the same header. */
    private final Map<String, Device> cache = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Device> eldest) {
            return size() > MAX_CACHED;
        }
    };

    /**
     * The device, with the cleaned header in it.
     *
     * @param rawUserAgent as received or as noted; may be null
     * @return never null; {@link Device#UNKNOWN} when nothing is left of the header
     */
    public Device parse(String rawUserAgent) {
        String userAgent = clean(rawUserAgent);
        if (userAgent.isEmpty()) {
            return Device.UNKNOWN;
        }
        synchronized (cache) {
            Device known = cache.get(userAgent);
            if (known != null) {
                return known;
            }
        }
        Device device = DeviceRules.device(userAgent, parser.parse(userAgent));
        synchronized (cache) {
            cache.put(userAgent, device);
        }
        return device;
    }

    /**
     * The device of a session without a kept header, by what Keycloak made of the header when the session began.
     *
     * @param browser as Keycloak names it, {@code Other} when unknown; no text is null
     * @param model of the device, as Keycloak names it
     * @param mobile whether the header had the word
     */
    public static Device parsedByKeycloak(
            String browser, String browserVersion, String model, String system, String systemVersion, boolean mobile) {
        return DeviceRules.parsedByKeycloak(browser, browserVersion, model, system, systemVersion, mobile);
    }

    /**
     * A header without what could forge a log line, drive a terminal, turn text around or fail to be stored: control
     * characters, line and paragraph separators, invisible format characters (direction overrides among them), lone
     * surrogates. Cut to {@link #MAX_LENGTH}, and never within a character. It is still only text: escape it.
     *
     * @return empty for null
     */
    public static String clean(String raw) {
        if (raw == null) {
            return "";
        }
        if (isClean(raw)) {
            return raw;
        }
        StringBuilder clean = new StringBuilder(Math.min(raw.length(), MAX_LENGTH));
        for (int i = 0; i < raw.length(); ) {
            int character = raw.codePointAt(i);
            i += Character.charCount(character);
            if (clean.length() + Character.charCount(character) > MAX_LENGTH) {
                break;
            }
            if (isText(character)) {
                clean.appendCodePoint(character);
            }
        }
        return clean.toString();
    }

    /** Nearly every header, and every noted one: short, and printable ASCII alone. */
    private static boolean isClean(String raw) {
        if (raw.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) < ' ' || raw.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }

    int cached() {
        synchronized (cache) {
            return cache.size();
        }
    }

    private static Parser parser() {
        try (InputStream rules = UserAgents.class.getResourceAsStream(RULES)) {
            return new Parser(rules);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
