package dev.identities.filter;

import com.google.common.net.InetAddresses;
import dev.identities.address.RecordedAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network in the notation of RFC 4632 and RFC 4291 section 2.3. An IPv4-mapped IPv6 network is the IPv4 network,
 * because {@link RecordedAddress} reads addresses so.
 *
 * @param address first address of the network: 4 or 16 bytes, never changed
 * @param length bits of the prefix
 */
record Network(InetAddress address, int length) {

    private static final Pattern NOTATION = Pattern.compile("([0-9A-Fa-f:.]+)/(0|[1-9][0-9]{0,2})");

    /** Bits of an IPv6 address before a mapped IPv4 address. */
    private static final int MAPPED_BITS = 96;

    /**
     * Reads a network.
     *
     * @throws IllegalArgumentException with a message for the writer
     */
    static Network parse(String text) {
        Matcher matcher = NOTATION.matcher(text);
        Optional<InetAddress> address = matcher.matches() ? RecordedAddress.read(matcher.group(1)) : Optional.empty();
        if (address.isEmpty()) {
            throw new IllegalArgumentException(
                    "not a network; write an address and the length of its prefix, for example 10.7.0.0/16");
        }
        int bits = address.get().getAddress().length * Byte.SIZE;
        int written = Integer.parseInt(matcher.group(2));
        boolean mapped = bits == Integer.SIZE && matcher.group(1).contains(":");
        int length = mapped ? written - MAPPED_BITS : written;
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException("the prefix of this address has " + (mapped ? MAPPED_BITS : 0) + " to "
                    + (mapped ? MAPPED_BITS + bits : bits) + " bits");
        }
        InetAddress first = masked(address.get(), length);
        if (!first.equals(address.get())) {
            throw new IllegalArgumentException("the address has bits behind the prefix; the network is "
                    + InetAddresses.toAddrString(first) + "/" + length);
        }
        return new Network(first, length);
    }

    /** Whether a recorded text is an address of the network. */
    boolean contains(String recorded) {
        return RecordedAddress.read(recorded)
                .filter(other -> other.getAddress().length == address.getAddress().length)
                .filter(other -> masked(other, length).equals(address))
                .isPresent();
    }

    /** What the texts of all addresses of an IPv4 network begin with; empty for less than an octet, and for IPv6. */
    String commonText() {
        byte[] bytes = address.getAddress();
        if (bytes.length * Byte.SIZE != Integer.SIZE) {
            return "";
        }
        if (length == Integer.SIZE) {
            return InetAddresses.toAddrString(address);
        }
        StringBuilder text = new StringBuilder();
        for (int octet = 0; octet < length / Byte.SIZE; octet++) {
            text.append(Byte.toUnsignedInt(bytes[octet])).append('.');
        }
        return text.toString();
    }

    private static InetAddress masked(InetAddress address, int length) {
        byte[] bytes = address.getAddress();
        int whole = length / Byte.SIZE;
        if (whole < bytes.length) {
            bytes[whole] &= (byte) (0xFF00 >> length % Byte.SIZE);
            Arrays.fill(bytes, whole + 1, bytes.length, (byte) 0);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("4 or 16 bytes", impossible);
        }
    }
}
