package dev.identities.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedAddressTest {

    @ParameterizedTest
    @DisplayName("literals of both families are read as the JDK reads them")
    @ValueSource(
            strings = {
                "203.0.113.5",
                "1.1.1.1",
                "223.255.255.255",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.167.0.1",
                "2001:db8::1",
                "2001:DB8:0:0:0:0:0:1",
                "2001:0db8:0000:0000:0000:0000:0000:0001",
                "2001:db8:1:2:3:4:5::",
                "2001::3:4:5:6:7:8",
                "2001:db8::192.0.2.33",
                "64:ff9b::192.0.2.33",
                "1:2:3:4:5:6:192.0.2.33",
                "fbff::1",
                "fe00::1"
            })
    void literals(String text) throws UnknownHostException {
        assertThat(RecordedAddress.read(text)).contains(InetAddress.getByName(text));
    }

    @ParameterizedTest
    @DisplayName("an IPv4-mapped address is the IPv4 address")
    @ValueSource(strings = {"::ffff:203.0.113.5", "::FFFF:cb00:7105", "0:0:0:0:0:ffff:203.0.113.5"})
    void mapped(String text) {
        assertThat(RecordedAddress.read(text))
                .get()
                .isInstanceOf(Inet4Address.class)
                .extracting(InetAddress::getHostAddress)
                .isEqualTo("203.0.113.5");
    }

    @ParameterizedTest
    @DisplayName("brackets and a zone are no part of the address")
    @CsvSource(textBlock = """
                    [2001:db8::9],              2001:db8::9
                    [2001:DB8:0::9],            2001:db8::9
                    2001:db8::9%eth0,           2001:db8::9
                    [2001:db8::9%eth0],         2001:db8::9
                    [2001:db8::9%25en0.7],      2001:db8::9
                    fe80::1%1,                  fe80::1
                    fe80::1%no-such-interface,  fe80::1
                    [::ffff:203.0.113.5],       203.0.113.5
                    ::ffff:203.0.113.5%eth0,    203.0.113.5
                    """)
    void forms(String text, String address) throws UnknownHostException {
        assertThat(RecordedAddress.read(text)).contains(InetAddress.getByName(address));
    }

    @ParameterizedTest
    @DisplayName("the canonical text is that of RFC 5952; what is no address stays as it is")
    @CsvSource(textBlock = """
                    203.0.113.5,                      203.0.113.5
                    2001:DB8:0:0:0:0:0:1,             2001:db8::1
                    2001:db8:0:1:0:0:0:1,             2001:db8:0:1::1
                    [2001:db8::9],                    2001:db8::9
                    fe80::1%eth0,                     fe80::1
                    ::ffff:203.0.113.5,               203.0.113.5
                    unknown,                          unknown
                    _hidden,                          _hidden
                    203.0.113.5:443,                  203.0.113.5:443
                    """)
    void canonical(String text, String shown) {
        assertThat(RecordedAddress.canonical(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @DisplayName("whatever is no literal is refused, and not resolved")
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "example.com",
                "dead.beef",
                "unknown",
                "203.0.113",
                "203.0.113.",
                ".203.0.113",
                "203.0.113.5.6",
                "203..113.5",
                "203.0.113.256",
                "203.0.113.05",
                "0xcb.0.113.5",
                "203.0.113.-5",
                "203.0.113.+5",
                "3405803781",
                " 203.0.113.5",
                "203.0.113.5 ",
                "203.0.113.5:443",
                "203.0.113.5, 198.51.100.1",
                "203.0.113.5\n",
                "\u0662\u0660\u0663.0.113.5",
                ":",
                ":::",
                "2001:db8",
                "2001:db8:",
                ":2001:db8::1",
                "2001:db8::1:",
                "2001::db8::1",
                "2001:db8:::1",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4::5:6:7:8",
                "::1:2:3:4:5:6:7:8",
                "2001:db8::12345",
                "2001:db8::g",
                "2001:db8::-1",
                "2001:db8::\uff11",
                "2001:db8::192.0.2.33:1",
                "192.0.2.33::1",
                "2001:192.0.2.33::",
                "1:2:3:4:5:6:7:192.0.2.33",
                "[2001:db8::1",
                "2001:db8::1]",
                "[[2001:db8::1]]",
                "[2001:db8::1]:4711",
                "[203.0.113.5]",
                "[]",
                "203.0.113.5%eth0",
                "2001:db8::1%",
                "2001:db8::1%e 0",
                "%eth0",
                "2001:db8::/32",
                "0000:0000:0000:0000:0000:ffff:0203.000.113.005",
                "fe80:fe80:fe80:fe80:fe80:fe80:fe80:fe80:fe80:fe80:fe80:fe80"
            })
    void noLiterals(String text) {
        assertThat(RecordedAddress.read(text)).isEmpty();
    }

    @Test
    @DisplayName("an endless text is refused")
    void endless() {
        assertThat(RecordedAddress.read("1".repeat(1_000_000))).isEmpty();
        assertThat(RecordedAddress.read(":".repeat(1_000_000))).isEmpty();
    }
}
