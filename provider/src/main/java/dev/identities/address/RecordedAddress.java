package dev.identities.address;

import com.google.common.net.InetAddresses;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address that Keycloak recorded with a session, as text. Keycloak takes it from the connection or from what a
 * proxy forwards, and keeps most texts as they came. So the text is untrusted, may be no address at all
 * ({@code unknown}, RFC 7239 section 6.2), and one address has several forms:
 *
 * <ul>
 *   <li>IPv6 in brackets, where the proxy sends a port: {@code [2001:db8::9]};
 *   <li>IPv6 with a zone (RFC 4007 section 11): {@code fe80::1%eth0}. The zone names an interface of some host and
 *       is no part of the address;
 *   <li>IPv4-mapped IPv6 (RFC 4291 section 2.5.5.2): {@code ::ffff:203.0.113.5} is {@code 203.0.113.5}.
 * </ul>
 *
 * <p>Everything that looks for an address asks here, so that a place and a filter mean the same address.
 */
public final class RecordedAddress {

    /** More than any literal with brackets and a zone has. Longer text is not looked at. */
    public static final int MAX_LENGTH = 100;

    /** Digits of other scripts are none here: Guava would read them. */
    private static final Pattern IPV6 = Pattern.compile(
            "(?<open>\\[)?(?<address>[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:%[^\\s\\[\\]%][^\\s\\[\\]]*)?(?<close>])?");

    private static final Pattern IPV4 = Pattern.compile("[0-9.]+");

    private RecordedAddress() {}

    /**
     * The address that a recorded text means. Strict and without DNS: IPv4 is four decimal numbers without leading
     * zeros, IPv6 is as in RFC 4291, in one of the forms above. No port, no list, no blanks.
     *
     * @param recorded untrusted; may be null
     * @return an {@link Inet6Address} without a zone, or an IPv4 address; empty if the text is no address
     */
    public static Optional<InetAddress> read(String recorded) {
        if (recorded == null || recorded.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher ipv6 = IPV6.matcher(recorded);
        if (ipv6.matches()) {
            boolean paired = (ipv6.group("open") == null) == (ipv6.group("close") == null);
            return paired ? literal(ipv6.group("address")) : Optional.empty();
        }
        return IPV4.matcher(recorded).matches() ? literal(recorded) : Optional.empty();
    }

    /**
     * The address in its canonical form (RFC 5952; IPv4 as four decimal numbers). If the text is no address, the text
     * itself.
     *
     * @param recorded untrusted; not null
     */
    public static String canonical(String recorded) {
        return read(recorded).map(InetAddresses::toAddrString).orElse(recorded);
    }

    private static Optional<InetAddress> literal(String text) {
        return InetAddresses.isInetAddress(text) ? Optional.of(InetAddresses.forString(text)) : Optional.empty();
    }
}
