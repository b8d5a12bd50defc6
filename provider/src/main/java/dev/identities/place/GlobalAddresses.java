package dev.identities.place;

import java.net.InetAddress;
import java.util.Arrays;

/** Tells addresses that may be somewhere in particular from those that are nowhere. */
final class GlobalAddresses {

    private GlobalAddresses() {}

    /**
     * False for private, shared (CGNAT), loopback, link-local, multicast, unspecified and reserved addresses. True for
     * documentation ranges, because demos use them.
     */
    static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (bytes.length == 4) {
            return !(first == 0 // this network
                    || first == 10
                    || (first == 100 && (second & 0xc0) == 64) // shared: carrier-grade NAT
                    || first == 127
                    || (first == 169 && second == 254)
                    || (first == 172 && (second & 0xf0) == 16)
                    || (first == 192 && second == 168)
                    || first >= 224); // multicast, reserved, broadcast
        }
        return !(isZero(bytes, 12) // unspecified, loopback, and the retired IPv4-compatible form
                || (first & 0xfe) == 0xfc // unique local
                || (first == 0xfe && (second & 0x80) == 0x80) // link-local, and the retired site-local
                || first == 0xff); // multicast
    }

    private static boolean isZero(byte[] bytes, int length) {
        return Arrays.equals(bytes, 0, length, new byte[length], 0, length);
    }
}
