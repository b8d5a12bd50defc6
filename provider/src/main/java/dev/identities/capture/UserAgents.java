package dev.identities.capture;

import dev.identities.session.Device;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ua_parser.Client;
import ua_parser.OS;
import ua_parser.Parser;

/**
 * What a User-Agent header tells of a device. The header is untrusted: it may be absent, huge, hostile or a lie.
 *
 * <p>The device type, by the first rule that applies:
 *
 * <ol>
 *   <li>what the parser's rules call a spider, that is crawlers and a few libraries: {@code Bot};
 *   <li>a program that does not present itself as a browser ({@code Mozilla/} or {@code Opera/} in front), such as
 *       curl, a library or an app with a name of its own: unknown;
 *   <li>Android: {@code Mobile} when the header says so, unknown for televisions, else {@code Tablet};
 *   <li>iOS: {@code Tablet} for an iPad, else {@code Mobile};
 *   <li>another system of telephones: {@code Mobile}; of desktops: {@code Desktop};
 *   <li>any other system: by the generic telephone and tablet of the parser, else unknown.
 * </ol>
 *
 * <p>An iPad that asks for desktop pages calls itself a Macintosh and is taken for one. Making an instance reads and
 * compiles the parser's rules: make one and keep it. Thread-safe.
 */
public final class UserAgents {

    /** The longest text kept or parsed, in UTF-16 units. Real ones have 100 to 250; Keycloak has the same limit. */
    public static final int MAX_LENGTH = 512;

    /** A parsed header takes up to 3 KB, so 6 MB at worst. Realms see some hundreds of different headers at a time. */
    static final int MAX_CACHED = 2000;

    private static final Set<String> DESKTOP_SYSTEMS = Set.of(
            "Windows",
            "Mac OS X",
            "Mac OS",
            "Linux",
            "Chrome OS",
            "Ubuntu",
            "Debian",
            "Fedora",
            "Red Hat",
            "SUSE",
            "Gentoo",
            "Arch Linux",
            "Mageia",
            "Mandriva",
            "Kubuntu",
            "Lubuntu",
            "Linux Mint",
            "FreeBSD",
            "OpenBSD",
            "NetBSD",
            "DragonFly",
            "Solaris");

    private static final Set<String> PHONE_SYSTEMS = Set.of(
            "Windows Phone",
            "Windows Mobile",
            "Windows CE",
            "BlackBerry OS",
            "KaiOS",
            "Firefox OS",
            "Symbian OS",
            "Symbian^3",
            "Bada",
            "MeeGo",
            "Maemo",
            "HarmonyOS",
            "Nokia Series 30 Plus",
            "Nokia Series 40");

    private final Parser parser = new Parser();

    /** Guarded by itself. Parsing goes on outside the lock: twice the work at times, but nobody waits. */
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
        Device device = device(userAgent);
        synchronized (cache) {
            cache.put(userAgent, device);
        }
        return device;
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

    private Device device(String userAgent) {
        Client client = parser.parse(userAgent);
        return new Device(
                userAgent,
                known(client.userAgent.family),
                version(client.userAgent.major, client.userAgent.minor, client.userAgent.patch),
                type(userAgent, client.os.family, client.device.family),
                osName(client.os),
                version(client.os.major, client.os.minor, client.os.patch, client.os.patchMinor));
    }

    private static String type(String userAgent, String system, String model) {
        if (model.equals("Spider")) {
            return "Bot";
        }
        if (!userAgent.startsWith("Mozilla/") && !userAgent.startsWith("Opera/")) {
            return "";
        }
        if (system.equals("Android")) {
            return userAgent.contains("Mobile") ? "Mobile" : userAgent.contains("TV") ? "" : "Tablet";
        }
        if (system.equals("iOS")) {
            return model.startsWith("iPad") ? "Tablet" : "Mobile";
        }
        if (DESKTOP_SYSTEMS.contains(system)) {
            return "Desktop";
        }
        if (PHONE_SYSTEMS.contains(system)) {
            return "Mobile";
        }
        return switch (model) {
            case "Generic Smartphone", "Generic Feature Phone" -> "Mobile";
            case "Generic Tablet" -> "Tablet";
            default -> "";
        };
    }

    /** With the one system whose name ngrok spells otherwise than the parser. */
    private static String osName(OS system) {
        return system.family.equals("Mac OS X") ? "MacOS" : known(system.family);
    }

    /** The parser says "Other" for what it does not know. */
    private static String known(String name) {
        return name.equals("Other") ? "" : name;
    }

    /** The parts up to the first one that is missing, with dots between. */
    private static String version(String... parts) {
        return Stream.of(parts)
                .takeWhile(part -> part != null && !part.isEmpty())
                .collect(Collectors.joining("."));
    }
}
