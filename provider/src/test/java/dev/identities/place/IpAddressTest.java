package dev.identities.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

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
        assertThat(IpAddress.global(text)).contains(InetAddress.getByName(text));
    }

    @ParameterizedTest
    @DisplayName("an IPv4-mapped address is the IPv4 address")
    @ValueSource(strings = {"::ffff:203.0.113.5", "::FFFF:cb00:7105", "0:0:0:0:0:ffff:203.0.113.5"})
    void mapped(String text) {
        assertThat(IpAddress.global(text))
                .get()
                .isInstanceOf(Inet4Address.class)
                .extracting(InetAddress::getHostAddress)
                .isEqualTo("203.0.113.5");
    }

    @ParameterizedTest
    @DisplayName("addresses that are nowhere in particular are refused")
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "169.254.1.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::203.0.113.5",
                "fc00::1",
                "fd12:3456:789a::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "::ffff:127.0.0.1"
            })
    void nowhere(String text) {
        assertThat(IpAddress.global(text)).isEmpty();
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
                "fe80::1%eth0",
                "2001:db8::1%0",
                "[2001:db8::1]",
                "2001:db8::/32",
                "0000:0000:0000:0000:0000:ffff:0203.000.113.005",
                "fe80:fe80:fe80:fe80:fe80:fe80:fe80:fe80:fe80:fe80:fe80:fe80"
            })
    void noLiterals(String text) {
        assertThat(IpAddress.global(text)).isEmpty();
    }

    @Test
    @DisplayName("an endless text is refused")
    void endless() {
        assertThat(IpAddress.global("1".repeat(1_000_000))).isEmpty();
        assertThat(IpAddress.global(":".repeat(1_000_000))).isEmpty();
    }
}
