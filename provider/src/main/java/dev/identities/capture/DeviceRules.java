package dev.identities.capture;

import dev.identities.session.Device;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ua_parser.Client;
import ua_parser.OS;

/**
 * Makes a device of a parsed User-Agent. The parser names browser, system and model. This class decides the type and
 * the version of the system.
 *
 * <p>The type, by the first rule that applies:
 *
 * <ol>
 *   <li>what the parser calls a spider, and a shell that passes for a browser: {@code Bot};
 *   <li>a text without {@code Mozilla/} or {@code Opera/} in front is no browser. If it names a telephone, a tablet, a
 *       television or Apple's network library it is an app: unknown. If the parser knows it or it begins like a product
 *       ({@code name/1.0}, RFC 9110 section 10.1.5) it is a program: {@code Bot}. Else unknown;
 *   <li>televisions, consoles and headsets: unknown;
 *   <li>HarmonyOS: {@code Mobile}, {@code Tablet} or {@code Desktop}, as the text says;
 *   <li>Android: {@code Mobile} when the text says so, else {@code Tablet};
 *   <li>iOS: {@code Tablet} for an iPad, else {@code Mobile};
 *   <li>another system of telephones: {@code Mobile}; of desktops: {@code Desktop};
 *   <li>any other system: by the generic telephone and tablet of the parser, else unknown.
 * </ol>
 *
 * <p>The version of the system is given only where the text can know it. Browsers stopped telling some of them:
 *
 * <ul>
 *   <li>Windows says {@code NT 10.0} for 10 and for 11: {@code 10 or 11};
 *   <li>macOS says 10.15 or 10.15.7 ever since: none;
 *   <li>iOS says 18.6 or 18.7 from iOS 26 on. Safari's own version is that of iOS: that one where it is higher; where
 *       the text has none, none;
 *   <li>Chrome for Android says {@code Android 10; K}: none;
 *   <li>Chrome OS says 14541.0.0: none.
 * </ul>
 */
final class DeviceRules {

    private static final Set<String> DESKTOP_SYSTEMS = Set.of(
            "Windows",
            "MacOS",
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
            "Nokia Series 30 Plus",
            "Nokia Series 40");

    /** Models of Fire TV begin with AFT; CrKey is Chromecast; Web0S, with a zero, is LG's television. */
    private static final Pattern TELEVISION = Pattern.compile(
            "TV\\b|\\bSmart-?TV|\\bSMART-TV|\\bBRAVIA|\\bAFT[A-Z0-9]{1,6}\\b|\\bCrKey|\\bChromecast|\\bWeb0S|NetCast|\\bVIDAA|\\bRoku");

    private static final Pattern CONSOLE = Pattern.compile("\\bXbox|\\bPlayStation|\\bNintendo");

    private static final Pattern HEADSET = Pattern.compile("\\bOculusBrowser|\\bVR Safari");

    private static final Pattern HARMONY = Pattern.compile("\\bOpenHarmony(?: (?<version>[0-9.]+))?|\\bHarmonyOS\\b");

    private static final Pattern APP = Pattern.compile("iPhone|iPad|iPod|\\biOS\\b|Android|CFNetwork|Darwin");

    /** A product and its version. {@code Faraday v2.12.0} has no slash; some programs have no version. */
    private static final Pattern PROGRAM =
            Pattern.compile("(?<name>[A-Za-z][\\w.+-]*(?: [A-Za-z][\\w.+-]*){0,2}?)(?:/| v)(?<version>[0-9][0-9.]*).*"
                    + "|(?<bare>node|node-fetch|undici|Ruby|ktor-client)");

    private static final Pattern SAFARI_VERSION = Pattern.compile("\\bVersion/(?<version>(?<major>[0-9]{1,3})[0-9.]*)");

    private DeviceRules() {}

    /** The device, with the cleaned header in it. */
    static Device device(String userAgent, Client client) {
        Matcher harmony = HARMONY.matcher(userAgent);
        boolean isHarmony = harmony.find();
        String system = isHarmony ? "HarmonyOS" : system(userAgent, client.os.family);
        String version = isHarmony
                ? emptyIfNull(harmony.group("version"))
                : systemVersion(userAgent, system, client.os, client.device.family);
        String type = type(userAgent, system, client);
        String browser = known(client.userAgent.family);
        Matcher program = PROGRAM.matcher(userAgent);
        if (browser.isEmpty() && type.equals("Bot") && program.matches()) {
            return program.group("bare") != null
                    ? new Device(userAgent, program.group("bare"), "", type, system, version)
                    : new Device(userAgent, program.group("name"), program.group("version"), type, system, version);
        }
        return new Device(
                userAgent,
                browser,
                version(client.userAgent.major, client.userAgent.minor, client.userAgent.patch),
                type,
                system,
                version);
    }

    /**
     * The device of a session without a kept header, by what Keycloak made of the header. Text is never null.
     *
     * @param mobile whether the header had the word
     */
    static Device parsedByKeycloak(
            String browser, String browserVersion, String model, String system, String systemVersion, boolean mobile) {
        String name = systemName(system);
        if (known(browser).isEmpty() && name.isEmpty()) {
            return Device.UNKNOWN;
        }
        String type = mobile ? "Mobile" : DESKTOP_SYSTEMS.contains(name) ? "Desktop" : "";
        return new Device(
                "", known(browser), known(browserVersion), type, name, knowable(name, known(systemVersion), model));
    }

    private static String system(String userAgent, String family) {
        Matcher console = CONSOLE.matcher(userAgent);
        if (console.find()) {
            return console.group();
        }
        if (userAgent.contains("CFNetwork/") && !userAgent.contains("iPhone") && !userAgent.contains("iPad")) {
            // Apps send this from telephones and Macs alike. Only Macs with Intel processors say what they are.
            return userAgent.contains("x86_64") ? "MacOS" : "";
        }
        return systemName(family);
    }

    private static String systemVersion(String userAgent, String system, OS os, String model) {
        if (system.isEmpty() || CONSOLE.matcher(system).matches() || userAgent.contains("CFNetwork/")) {
            return "";
        }
        String version = version(os.major, os.minor, os.patch, os.patchMinor);
        if (system.equals("iOS") && isBrowser(userAgent)) {
            Matcher safari = SAFARI_VERSION.matcher(userAgent);
            if (safari.find()) {
                return Integer.parseInt(safari.group("major")) > major(version) ? safari.group("version") : version;
            }
        } else if (system.equals("iOS")) {
            // Apps ask the system itself.
            return version;
        }
        return knowable(system, version, model);
    }

    /** The version, unless it is one that the system's browsers have stopped at. */
    private static String knowable(String system, String version, String model) {
        return switch (system) {
            case "Windows" -> version.equals("10") ? "10 or 11" : version;
            case "MacOS" -> version.matches("10\\.1[56](\\..*)?") ? "" : version;
            case "iOS" -> version.matches("18\\.[67](\\..*)?") ? "" : version;
            case "Android" -> version.equals("10") && model.equals("K") ? "" : version;
            case "Chrome OS" -> version.equals("14541.0.0") ? "" : version;
            default -> version;
        };
    }

    private static String type(String userAgent, String system, Client client) {
        String model = client.device.family;
        if (model.equals("Spider") || userAgent.contains("PowerShell/")) {
            return "Bot";
        }
        boolean television = TELEVISION.matcher(userAgent).find();
        if (!isBrowser(userAgent)) {
            boolean app = television || APP.matcher(userAgent).find();
            boolean program = !known(client.userAgent.family).isEmpty()
                    || PROGRAM.matcher(userAgent).matches();
            return program && !app ? "Bot" : "";
        }
        if (television
                || CONSOLE.matcher(userAgent).find()
                || HEADSET.matcher(userAgent).find()) {
            return "";
        }
        boolean mobile = userAgent.contains("Mobile");
        if (system.equals("HarmonyOS")) {
            return mobile || userAgent.contains("(Phone") ? "Mobile" : userAgent.contains("(PC") ? "Desktop" : "Tablet";
        }
        if (system.equals("Android")) {
            return mobile ? "Mobile" : "Tablet";
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

    private static boolean isBrowser(String userAgent) {
        return userAgent.startsWith("Mozilla/") || userAgent.startsWith("Opera/");
    }

    /** The parser's name of the system, but {@code MacOS} as ngrok spells it. */
    private static String systemName(String family) {
        return family.equals("Mac OS X") ? "MacOS" : known(family);
    }

    /** The parser says "Other" for what it does not know. */
    private static String known(String name) {
        return name.equals("Other") ? "" : name;
    }

    private static String emptyIfNull(String text) {
        return text == null ? "" : text;
    }

    /** The number before the first dot; zero when there is none. */
    private static int major(String version) {
        String digits = version.split("\\.", 2)[0];
        return digits.matches("[0-9]{1,3}") ? Integer.parseInt(digits) : 0;
    }

    /** The parts up to the first one that is missing, with dots between. */
    private static String version(String... parts) {
        return Stream.of(parts)
                .takeWhile(part -> part != null && !part.isEmpty())
                .collect(Collectors.joining("."));
    }
}
