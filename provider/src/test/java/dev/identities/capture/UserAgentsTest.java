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
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0"
                    + " Safari/537.36";

    @ParameterizedTest
    @DisplayName("browsers, crawlers and programs as they come")
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
                    Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 | Chrome | 126.0.0 | Desktop | Windows | 10 or 11
                    Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.87 | Edge | 126.0.2592 | Desktop | Windows | 10 or 11
                    Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0 | Firefox | 127.0 | Desktop | Windows | 10 or 11
                    Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.2; Trident/7.0; Tablet PC 2.0) | IE | 11.0 | Desktop | Windows | 8
                    Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 | Chrome | 126.0.0 | Desktop | MacOS | ''
                    Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15 | Safari | 17.5 | Desktop | MacOS | ''
                    Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 | Chrome | 126.0.0 | Desktop | Linux | ''
                    Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0 | Firefox | 127.0 | Desktop | Ubuntu | ''
                    Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 | Chrome | 126.0.0 | Desktop | Chrome OS | ''
                    Opera/9.80 (Windows NT 6.1; WOW64) Presto/2.12.388 Version/12.18 | Opera | 12.18 | Desktop | Windows | 7
                    Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1 | Mobile Safari | 17.5 | Mobile | iOS | 17.5.1
                    Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1 | Mobile Safari | 16.6 | Tablet | iOS | 16.6
                    Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36 | Chrome Mobile | 126.0.0 | Mobile | Android | ''
                    Mozilla/5.0 (Linux; Android 13; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Safari/537.36 | Samsung Internet | 25.0 | Tablet | Android | 13
                    Mozilla/5.0 (Android 14; Tablet; rv:127.0) Gecko/127.0 Firefox/127.0 | Firefox Mobile | 127.0 | Tablet | Android | 14
                    Mozilla/5.0 (Linux; Android 9; BRAVIA 4K GB ATV3 Build/PTT1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/84.0 Safari/537.36 | Chrome | 84.0 | '' | Android | 9
                    Mozilla/5.0 (Mobile; Nokia_8000; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5 | Firefox Mobile | 48.0 | Mobile | KaiOS | 2.5
                    Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) | Googlebot | 2.1 | Bot | '' | ''
                    Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.6478.126 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) | Googlebot | 2.1 | Bot | Android | 6.0.1
                    curl/8.5.0 | curl | 8.5.0 | Bot | '' | ''
                    python-requests/2.31.0 | Python Requests | 2.31 | Bot | '' | ''
                    Java-http-client/17.0.15 | Java-http-client | 17.0.15 | Bot | '' | ''
                    Java/17.0.15 | Java | 17.0.15 | Bot | '' | ''
                    MyApp/1 CFNetwork/1410.0.3 Darwin/22.6.0 | MyApp | 1 | '' | '' | ''
                    something of our own | '' | '' | '' | '' | ''
                    """)
    void table(String userAgent, String browser, String version, String type, String system, String systemVersion) {
        assertThat(USER_AGENTS.parse(userAgent))
                .isEqualTo(new Device(userAgent, browser, version, type, system, systemVersion));
    }

    @ParameterizedTest
    @DisplayName("a system's version is given only where the text can know it")
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
                    Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.6 Mobile/15E148 Safari/604.1 | iOS | 26.6
                    Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0.1 Mobile/15E148 Safari/604.1 | iOS | 26.0.1
                    Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141.0.7390.41 Mobile/15E148 Safari/604.1 | iOS | ''
                    Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.7 Mobile/15E148 Safari/604.1 | iOS | 18.7
                    Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0.6478.35 Mobile/15E148 Safari/604.1 | iOS | 17.5.1
                    Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15 | MacOS | ''
                    Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0 | MacOS | ''
                    Mozilla/5.0 (Macintosh; Intel Mac OS X 10_13_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1.2 Safari/605.1.15 | MacOS | 10.13.6
                    Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0 | Windows | 10 or 11
                    Mozilla/5.0 (Windows NT 6.1; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0 | Windows | 7
                    Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36 | Android | ''
                    Mozilla/5.0 (Linux; Android 10; SM-A505F) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36 | Android | 10
                    Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0 | Android | 15
                    AcmeNotes/3.1 (com.example.notes; build:7; iOS 18.7.0) Alamofire/5.9.1 | iOS | 18.7.0
                    """)
    void systemVersions(String userAgent, String system, String version) {
        assertThat(USER_AGENTS.parse(userAgent))
                .extracting(Device::osName, Device::osVersion)
                .containsExactly(system, version);
    }

    @ParameterizedTest
    @DisplayName("all programs are of one type, and have a name")
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
                    curl/8.9.1 | curl | 8.9.1
                    Wget/1.24.5 | Wget | 1.24.5
                    python-httpx/0.28.1 | python-httpx | 0.28.1
                    python-requests/2.32.3 | Python Requests | 2.32
                    Python-urllib/3.12 | Python-urllib | 3.12
                    Python/3.12 aiohttp/3.10.5 | Python aiohttp | 3.10.5
                    Java-http-client/21.0.5 | Java-http-client | 21.0.5
                    Java/21.0.5 | Java | 21.0.5
                    Apache-HttpClient/5.4 (Java/21.0.5) | Apache-HttpClient | 5.4
                    node | node | ''
                    undici | undici | ''
                    axios/1.7.7 | axios | 1.7.7
                    Bun/1.1.29 | Bun | 1.1.29
                    Deno/2.0.0 | Deno | 2.0.0
                    Dart/3.5 (dart:io) | Dart | 3.5
                    GuzzleHttp/7 | GuzzleHttp | 7
                    Faraday v2.12.0 | Faraday | 2.12.0
                    Ruby | Ruby | ''
                    k6/0.54.0 (https://k6.io/) | k6 | 0.54.0
                    MSAL.Python/1.31.0 | MSAL.Python | 1.31.0
                    PostmanRuntime/7.42.0 | PostmanRuntime | 7.42.0
                    Go-http-client/2.0 | Go-http-client | 2.0
                    okhttp/4.12.0 | okhttp | 4.12.0
                    HTTPie/3.2.3 | HTTPie | 3.2.3
                    HashiCorp Terraform/1.9.5 (+https://www.terraform.io) | HashiCorp Terraform | 1.9.5
                    Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.22621.4249 | WindowsPowerShell | 5.1.22621
                    Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) | Googlebot | 2.1
                    """)
    void programs(String userAgent, String name, String version) {
        assertThat(USER_AGENTS.parse(userAgent))
                .extracting(Device::type, Device::browserName, Device::browserVersion)
                .containsExactly("Bot", name, version);
    }

    @ParameterizedTest
    @DisplayName("televisions, consoles and headsets are neither tablets nor computers")
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
                    Mozilla/5.0 (Linux; Android 9; AFTS Build/PS7633.3445N; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/108.0.5359.160 Safari/537.36 | Android
                    Mozilla/5.0 (Linux; Android 11; AFTKA) AppleWebKit/537.36 (KHTML, like Gecko) Silk/120.4.1 like Chrome/120.0.6099.230 Safari/537.36 | Android
                    Mozilla/5.0 (Linux; Android 12; Chromecast Build/STTE.230615.004; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.6099.230 Safari/537.36 | Android
                    Mozilla/5.0 (Linux; Android 10; BRAVIA 4K VH2 Build/QTG3.200305.006.S296; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/110.0.5481.154 Safari/537.36 | Android
                    Mozilla/5.0 (Linux; Android 11; SHIELD Android TV Build/RQ1A.210105.003; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/110.0.5481.154 Mobile Safari/537.36 | Android
                    Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/4.0 Chrome/94.0.4606.31 TV Safari/537.36 | Tizen
                    Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/87.0.4280.88 Safari/537.36 WebAppManager | Web0S
                    Mozilla/5.0 (Linux; NetCast; U) AppleWebKit/537.31 (KHTML, like Gecko) Chrome/38.0.2125.122 Safari/537.31 SmartTV/5.0 | Linux
                    Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox One) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/64.0.3282.140 Safari/537.36 Edge/44.18363.8131 | Xbox
                    Mozilla/5.0 (PlayStation; PlayStation 5/8.00) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15 | PlayStation
                    Mozilla/5.0 (Nintendo Switch; WifiWebAuthApplet) AppleWebKit/609.4 (KHTML, like Gecko) NF/6.0.2.21.3 NintendoBrowser/5.1.0.22474 | Nintendo
                    Mozilla/5.0 (X11; Linux x86_64; Quest 3) AppleWebKit/537.36 (KHTML, like Gecko) OculusBrowser/35.2.0.3.43 Chrome/126.0.6478.222 VR Safari/537.36 | Android
                    """)
    void neitherTabletNorComputer(String userAgent, String system) {
        assertThat(USER_AGENTS.parse(userAgent))
                .extracting(Device::type, Device::osName)
                .containsExactly("", system);
    }

    @ParameterizedTest
    @DisplayName("browsers and systems of the last years are known by their names")
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
                    Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile HuaweiBrowser/5.0.4.300 | Huawei Browser | Mobile | HarmonyOS | 5.0
                    Mozilla/5.0 (Tablet; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 | Chrome | Tablet | HarmonyOS | 5.0
                    Mozilla/5.0 (PC; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 | Chrome | Desktop | HarmonyOS | 5.0
                    Mozilla/5.0 (Linux; Android 12; HarmonyOS; ALN-AL00; HMSCore 6.14.0.322) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.5735.196 HuaweiBrowser/15.0.9.300 Mobile Safari/537.36 | Huawei Browser | Mobile | HarmonyOS | ''
                    Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0 Teams/25290.205.4069.4894 | Microsoft Teams | Desktop | Windows | 10 or 11
                    Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0 DuckDuckGo/138.0.0.0 | DuckDuckGo | Desktop | Windows | 10 or 11
                    Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36 (Ecosia android@142.0.7444.48) | Ecosia Android | Mobile | Android | ''
                    Mozilla/5.0 (Linux; Android 14; SM-S918B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/141.0.7390.122 Mobile Safari/537.36 musical_ly_2024207030 AppName/musical_ly app_version/42.7.3 BytedanceWebview/d8a21c6 | TikTok | Mobile | Android | 14
                    Mozilla/5.0 (Linux; Android 13; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Safari/537.36 | Samsung Internet | Tablet | Android | 13
                    Mozilla/5.0 (Linux; Android 10; KFTRWI) AppleWebKit/537.36 (KHTML, like Gecko) Silk/120.4.1 like Chrome/120.0.6099.230 Safari/537.36 | Amazon Silk | Tablet | Android | 10
                    AcmeNotes/42 CFNetwork/1568.100.1 Darwin/24.0.0 (x86_64) | AcmeNotes | '' | MacOS | ''
                    AcmeNotes/3.2 (iPhone; iOS 17.6; Scale/3.00) | Mobile Safari UI/WKWebView | '' | iOS | 17.6
                    """)
    void recent(String userAgent, String browser, String type, String system, String version) {
        assertThat(USER_AGENTS.parse(userAgent))
                .extracting(Device::browserName, Device::type, Device::osName, Device::osVersion)
                .containsExactly(browser, type, system, version);
    }

    @ParameterizedTest
    @DisplayName("Keycloak's parsed values are read by the same rules; without any the device is unknown")
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
                    Other | Other | Other | Other | Other | false | '' | '' | '' | '' | ''
                    Chrome | 142.0.0 | Other | Windows | 10 | false | Chrome | 142.0.0 | Desktop | Windows | 10 or 11
                    Safari | 17.5 | Mac | Mac OS X | 10.15.7 | false | Safari | 17.5 | Desktop | MacOS | ''
                    Chrome Mobile | 142.0.0 | K | Android | 10 | true | Chrome Mobile | 142.0.0 | Mobile | Android | ''
                    Mobile Safari | 26.6 | iPhone | iOS | 26.6 | true | Mobile Safari | 26.6 | Mobile | iOS | 26.6
                    okhttp | 4.12.0 | Other | Other | Other | false | okhttp | 4.12.0 | '' | '' | ''
                    Samsung Internet | 4.0 | Samsung SMART-TV | Tizen | 7.0 | false | Samsung Internet | 4.0 | '' | Tizen | 7.0
                    """)
    void parsedByKeycloak(
            String browser,
            String browserVersion,
            String model,
            String system,
            String systemVersion,
            boolean mobile,
            String name,
            String version,
            String type,
            String osName,
            String osVersion) {
        assertThat(UserAgents.parsedByKeycloak(browser, browserVersion, model, system, systemVersion, mobile))
                .isEqualTo(new Device("", name, version, type, osName, osVersion));
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
        String text = "<script>alert(1)</script> {{7*7}} =cmd|' /C calc'!A0 \u65e5\u672c \u0639\u0631\u0628\u064a"
                + " \ud83d\ude00";
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
    @DisplayName("the cache is bounded, and keeps the headers used last")
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
