package dev.identities.filter;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The spans of time that {@code add} and {@code subtract} take: {@code 7d}, {@code 24h}, {@code 1d12h}. */
final class Span {

    /** A week, a day, an hour, a minute, a second: in the order of the groups below. */
    private static final List<Duration> UNITS = List.of(
            Duration.ofDays(7), Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofSeconds(1));

    /** Five digits a unit: 99,999 weeks are 1,900 years, and no sum of them overflows. */
    private static final Pattern NOTATION = Pattern.compile(
            "(?=.)" + "(?:([0-9]{1,5})w)?(?:([0-9]{1,5})d)?(?:([0-9]{1,5})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,5})s)?");

    private Span() {}

    /** Empty when the text is no span. */
    static Optional<Duration> parse(String text) {
        Matcher matcher = NOTATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        for (int unit = 0; unit < UNITS.size(); unit++) {
            String number = matcher.group(unit + 1);
            if (number != null) {
                sum = sum.plus(UNITS.get(unit).multipliedBy(Long.parseLong(number)));
            }
        }
        return Optional.of(sum);
    }
}
