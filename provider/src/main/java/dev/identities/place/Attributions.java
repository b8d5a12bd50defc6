package dev.identities.place;

import dev.identities.session.Attribution;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds out the owner of a location database, and so the text that the licence requires beside its places. */
final class Attributions {

    /** In the wording that each licence gives. IP2Location comes first, because its own tool writes MaxMind's type. */
    private static final List<Licensor> LICENSORS = List.of(
            licensor("ip2l", "This product includes IP2Location LITE data", "https://lite.ip2location.com"),
            licensor("ipinfo", "IP address data powered by IPinfo", "https://ipinfo.io"),
            licensor("db-?ip", "IP Geolocation by DB-IP", "https://db-ip.com"),
            licensor("geolite", "This product includes GeoLite Data created by MaxMind", "https://www.maxmind.com"));

    private static final Pattern SETTING = Pattern.compile("(?<text>.+?)(?:\\s+(?<url>https?://\\S+))?");

    private record Licensor(Pattern name, Attribution attribution) {}

    private Attributions() {}

    private static Licensor licensor(String name, String text, String url) {
        return new Licensor(Pattern.compile(name, Pattern.CASE_INSENSITIVE), new Attribution(text, url));
    }

    /**
     * The attribution that an operator has set: a text, and after it, if the text has a link, the address of the link.
     *
     * @param option null or blank when nothing is set
     */
    static Optional<Attribution> set(String option) {
        Matcher matcher = SETTING.matcher(option == null ? "" : option.strip());
        return matcher.matches()
                ? Optional.of(new Attribution(matcher.group("text"), matcher.group("url")))
                : Optional.empty();
    }

    /**
     * The attribution that the file's own metadata call for.
     *
     * @param type the file's {@code database_type}
     * @param descriptions its descriptions, one for each language
     * @return empty when the file names no owner that requires a text
     */
    static Optional<Attribution> stated(String type, Collection<String> descriptions) {
        String text = type + " " + String.join(" ", descriptions);
        return LICENSORS.stream()
                .filter(licensor -> licensor.name().matcher(text).find())
                .map(Licensor::attribution)
                .findFirst();
    }
}
