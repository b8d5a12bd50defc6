package dev.identities.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.address.RecordedAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlobalAddressesTest {

    @ParameterizedTest
    @DisplayName("public addresses, and those beside a reserved range, are looked up")
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
    void somewhere(String text) {
        assertThat(RecordedAddress.read(text)).get().matches(GlobalAddresses::contain);
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
        assertThat(RecordedAddress.read(text)).get().matches(address -> !GlobalAddresses.contain(address));
    }
}
