package dev.identities.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.session.Device;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class UserAgentsTest {

    private static final UserAgents USER_AGENTS = new UserAgents();

    private static final String CHROME =
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";

    @ParameterizedTest
    @DisplayName("browsers, crawlers and programs as they come")
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
                    Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 | Chrome | 126.0.0 | Desktop | Windows | 10
                    Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.87 | Edge | 126.0.2592 | Desktop | Windows | 10
                    Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0 | Firefox | 127.0 | Desktop | Windows | 10
                    Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.2; Trident/7.0; Tablet PC 2.0) | IE | 11.0 | Desktop | Windows | 8
                    Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 | Chrome | 126.0.0 | Desktop | MacOS | 10.15.7
                    Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15 | Safari | 17.5 | Desktop | MacOS | 10.15.7
                    Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 | Chrome | 126.0.0 | Desktop | Linux | ''
                    Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0 | Firefox | 127.0 | Desktop | Ubuntu | ''
                    Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 | Chrome | 126.0.0 | Desktop | Chrome OS | 14541.0.0
                    Opera/9.80 (Windows NT 6.1; WOW64) Presto/2.12.388 Version/12.18 | Opera | 12.18 | Desktop | Windows | 7
                    Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1 | Mobile Safari | 17.5 | Mobile | iOS | 17.5.1
                    Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1 | Mobile Safari | 16.6 | Tablet | iOS | 16.6
                    Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36 | Chrome Mobile | 126.0.0 | Mobile | Android | 10
                    Mozilla/5.0 (Linux; Android 13; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Safari/537.36 | Samsung Internet | 25.0 | Tablet | Android | 13
                    Mozilla/5.0 (Android 14; Tablet; rv:127.0) Gecko/127.0 Firefox/127.0 | Firefox Mobile | 127.0 | Tablet | Android | 14
                    Mozilla/5.0 (Linux; Android 9; BRAVIA 4K GB ATV3 Build/PTT1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/84.0 Safari/537.36 | Chrome | 84.0 | '' | Android | 9
                    Mozilla/5.0 (Mobile; Nokia_8000; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5 | Firefox Mobile | 48.0 | Mobile | KaiOS | 2.5
                    Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) | Googlebot | 2.1 | Bot | '' | ''
                    Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.6478.126 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) | Googlebot | 2.1 | Bot | Android | 6.0.1
                    curl/8.5.0 | curl | 8.5.0 | '' | '' | ''
                    python-requests/2.31.0 | Python Requests | 2.31 | '' | '' | ''
                    Java-http-client/17.0.15 | '' | '' | '' | '' | ''
                    Java/17.0.15 | Java | 17.0.15 | Bot | '' | ''
                    MyApp/1 CFNetwork/1410.0.3 Darwin/22.6.0 | MyApp | 1 | '' | iOS | 16
                    something of our own | '' | '' | '' | '' | ''
                    """)
    void table(String userAgent, String browser, String version, String type, String system, String systemVersion) {
        assertThat(USER_AGENTS.parse(userAgent))
                .isEqualTo(new Device(userAgent, browser, version, type, system, systemVersion));
    }

    @Test
    @DisplayName("no header, or nothing left of it: unknown")
    void unknown() {
        assertThat(Stream.of(null, "", "\r\n", "\u202e\u0000"))
                .map(USER_AGENTS::parse)
                .containsOnly(Device.UNKNOWN);
    }

    @Test
    @DisplayName("characters that forge lines, drive terminals, turn text around or cannot be stored are stripped")
    void stripped() {
        assertThat(UserAgents.clean(null)).isEmpty();
        assertThat(UserAgents.clean("a\r\nX-Forged: 1\tb")).isEqualTo("aX-Forged: 1b");
        assertThat(UserAgents.clean("\u001b[31mred\u009b0m\u007f")).isEqualTo("[31mred0m");
        assertThat(UserAgents.clean("a\u2028b\u2029c\u0085d")).isEqualTo("abcd");
        assertThat(UserAgents.clean("\u202eabc\u2066d\u2069\u200fe\u061cf\ufeff"))
                .isEqualTo("abcdef");
        assertThat(UserAgents.clean("a\u0000b")).isEqualTo("ab");
        assertThat(UserAgents.clean("a\ud83db\ude00c\ud83d")).isEqualTo("abc");
        assertThat(UserAgents.clean("\ude00\ud83d")).isEmpty();
    }

    @Test
    @DisplayName("text of any script, markup and formulas stay what they are: text")
    void kept() {
        String text =
                "<script>alert(1)</script> {{7*7}} =cmd|' /C calc'!A0 \u65e5\u672c \u0639\u0631\u0628\u064a \ud83d\ude00";
        assertThat(UserAgents.clean(text)).isEqualTo(text);
        assertThat(USER_AGENTS.parse(text).userAgent()).isEqualTo(text);
    }

    @Test
    @DisplayName("512 characters stay, 513 are cut to 512")
    void cut() {
        assertThat(UserAgents.clean("a".repeat(512))).hasSize(512);
        assertThat(UserAgents.clean("a".repeat(512) + "b")).isEqualTo("a".repeat(512));
        assertThat(UserAgents.clean("\r\n".repeat(500) + "a".repeat(513))).isEqualTo("a".repeat(512));
        assertThat(USER_AGENTS.parse(CHROME + "b".repeat(1_000_000)).userAgent())
                .hasSize(512);
    }

    @Test
    @DisplayName("a surrogate pair at the limit is kept whole or left out whole")
    void cutAtSurrogates() {
        assertThat(UserAgents.clean("a".repeat(510) + "\ud83d\ude00b")).isEqualTo("a".repeat(510) + "\ud83d\ude00");
        assertThat(UserAgents.clean("a".repeat(511) + "\ud83d\ude00b")).isEqualTo("a".repeat(511));
    }

    @Test
    @DisplayName("cleaning twice changes nothing")
    void idempotent() {
        // Stripping what stands between them must not join two halves into a character that was not there.
        String hostile = "a\ud83d\u0000\ude00b\u202e" + "c".repeat(600);
        String clean = UserAgents.clean(hostile);
        assertThat(UserAgents.clean(clean)).isEqualTo(clean).startsWith("ab");
    }

    static Stream<String> slow() {
        List<String> fronts =
                List.of("", "Mozilla/5.0 (Linux; U; Android 4.0; en-us; ", "Opera/9.80 (", "SonyEricsson");
        List<String> repeated = List.of(
                " ",
                ";",
                "; ",
                "(",
                "/",
                "1.",
                "0",
                "A1",
                "_",
                "Build/",
                "HTC ",
                "MOT-",
                "HTC MOT-",
                "Mozilla/",
                "bot ",
                "; Android ",
                "iPhone ",
                "CFNetwork/",
                "Windows NT ",
                "x/1.0 ");
        return fronts.stream().flatMap(front -> repeated.stream().map(part -> front + part.repeat(100_000) + "!"));
    }

    @ParameterizedTest
    @MethodSource("slow")
    @DisplayName("repetition that makes patterns backtrack ends in time")
    void backtracking(String hostile) {
        // Measured: 20 ms at worst, and about 2 ms for a real browser. The bound tells exponential from slow.
        Device device = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> USER_AGENTS.parse(hostile));
        assertThat(device.userAgent()).hasSizeLessThanOrEqualTo(UserAgents.MAX_LENGTH);
    }

    @Test
    @DisplayName("the cache is bounded, and what was used last stays")
    void bounded() {
        UserAgents userAgents = new UserAgents();
        Device known = userAgents.parse(CHROME);
        for (int i = 0; i < UserAgents.MAX_CACHED + 100; i++) {
            userAgents.parse("x" + i);
            assertThat(userAgents.parse(CHROME)).isSameAs(known);
        }
        assertThat(userAgents.cached()).isEqualTo(UserAgents.MAX_CACHED);
    }
}
