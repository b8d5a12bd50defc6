package dev.identities.place;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads address literals, strictly and without ever asking DNS.
 *
 * <p>The JDK's own parser takes anything else for a host name and resolves it, and the text may come from a forged
 * header. So: dotted quads without leading zeros, and IPv6 as in RFC 4291, with IPv4-mapped addresses read as the IPv4
 * address that they stand for. No zone id, port, brackets or blanks.
 */
final class IpAddress {

    /** {@code 0000:0000:0000:0000:0000:ffff:255.255.255.255}, the longest there is. */
    private static final int MAX_LENGTH = 45;

    private static final int GROUPS = 8;

    private IpAddress() {}

    /**
     * The address, when it may be somewhere in particular. Empty for anything that is no literal, and for private,
     * shared (CGNAT), loopback, link-local, multicast, unspecified and reserved addresses. Documentation ranges pass:
     * demos use them.
     *
     * @param text untrusted; may be null
     */
    static Optional<InetAddress> global(String text) {
        if (text == null || text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        byte[] bytes = text.indexOf(':') < 0 ? ipv4(text) : ipv6(text);
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            // Never resolves; an IPv4-mapped address becomes an Inet4Address.
            InetAddress address = InetAddress.getByAddress(bytes);
            return isGlobal(address.getAddress()) ? Optional.of(address) : Optional.empty();
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are an address", e);
        }
    }

    private static boolean isGlobal(byte[] address) {
        int first = address[0] & 0xff;
        int second = address[1] & 0xff;
        if (address.length == 4) {
            return !(first == 0 // this network
                    || first == 10
                    || (first == 100 && (second & 0xc0) == 64) // shared: carrier-grade NAT
                    || first == 127
                    || (first == 169 && second == 254)
                    || (first == 172 && (second & 0xf0) == 16)
                    || (first == 192 && second == 168)
                    || first >= 224); // multicast, reserved, broadcast
        }
        return !(isZero(address, 12) // unspecified, loopback, and the retired IPv4-compatible form
                || (first & 0xfe) == 0xfc // unique local
                || (first == 0xfe && (second & 0x80) == 0x80) // link-local, and the retired site-local
                || first == 0xff); // multicast
    }

    private static boolean isZero(byte[] bytes, int length) {
        return Arrays.equals(bytes, 0, length, new byte[length], 0, length);
    }

    /** Null when the text is no dotted quad. */
    private static byte[] ipv4(String text) {
        byte[] bytes = new byte[4];
        int start = 0;
        for (int i = 0; i < 4; i++) {
            int end = i < 3 ? text.indexOf('.', start) : text.length();
            int value = end < 0 ? -1 : number(text.substring(start, end), 10, 3);
            // A leading zero means octal to some readers: refused rather than guessed.
            if (value < 0 || value > 255 || (text.charAt(start) == '0' && end - start > 1)) {
                return null;
            }
            bytes[i] = (byte) value;
            start = end + 1;
        }
        return bytes;
    }

    /** Null when the text is no IPv6 address. */
    private static byte[] ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] all = groups(text);
            return all != null && all.length == GROUPS * 2 ? all : null;
        }
        byte[] head = groups(text.substring(0, gap));
        byte[] tail = groups(text.substring(gap + 2));
        // The gap stands for at least one group. A dotted quad may only come last.
        if (head == null
                || tail == null
                || head.length + tail.length > (GROUPS - 1) * 2
                || text.lastIndexOf('.', gap) >= 0) {
            return null;
        }
        byte[] bytes = new byte[GROUPS * 2];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(tail, 0, bytes, bytes.length - tail.length, tail.length);
        return bytes;
    }

    /** Groups between colons, the last of them possibly a dotted quad. Nothing for the empty text; null when broken. */
    private static byte[] groups(String text) {
        byte[] bytes = new byte[GROUPS * 2];
        int length = 0;
        int start = 0;
        while (start <= text.length() && !text.isEmpty()) {
            int colon = text.indexOf(':', start);
            int end = colon < 0 ? text.length() : colon;
            String group = text.substring(start, end);
            byte[] value = colon < 0 && group.indexOf('.') >= 0 ? ipv4(group) : group(group);
            if (value == null || length + value.length > bytes.length) {
                return null;
            }
            System.arraycopy(value, 0, bytes, length, value.length);
            length += value.length;
            start = end + 1;
        }
        return Arrays.copyOf(bytes, length);
    }

    private static byte[] group(String text) {
        int value = number(text, 16, 4);
        return value < 0 ? null : new byte[] {(byte) (value >> 8), (byte) value};
    }

    /** A number of one to so many ASCII digits, or -1: no sign, and no digits of other scripts. */
    private static int number(String text, int radix, int maxDigits) {
        if (text.isEmpty() || text.length() > maxDigits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
