package dev.identities.testbed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Writes small files in the MaxMind DB format (version 2.0), for demos and tests: real databases may not be shipped.
 *
 * <p>The more specific network wins, in whatever order the two were put; of two equal ones, the later. The same entries
 * always give the same bytes. Values are {@code String}, {@code Double}, {@code Float}, {@code Boolean},
 * {@code byte[]}, {@code List}, {@code Map} with string keys, and integers: {@code Short} is written as uint16
 * (negative ones wrap), {@code Integer} as uint32, or int32 when negative, and {@code Long} as uint64. Not thread-safe.
 */
public final class MmdbWriter {

    private static final byte[] METADATA_MARKER = "\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);

    /** Zeros between tree and data; a record that points into the data counts them. */
    private static final int SEPARATOR = 16;

    /** 2026-01-01T00:00:00Z. Fixed, so that a file can be written again and compared. */
    private static final long BUILD_EPOCH = 1_767_225_600L;

    /** IPv4 lives under ::/96 of an IPv6 tree. */
    private static final int IPV4_PREFIX = 96;

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private final String databaseType;
    private final int ipVersion;
    private final int recordSize;
    private final List<Entry> entries = new ArrayList<>();

    /** One network and what is known of it; {@code prefix} counts from the root of the tree. */
    private record Entry(BigInteger address, int prefix, Map<String, Object> value) {}

    /** A branch of the tree. A child is another node, a record, or null where nothing is known. */
    private static final class Node {
        private final Object[] children = new Object[2];
        private int index;
    }

    /**
     * A new, empty file.
     *
     * @param databaseType what the file calls itself, for example {@code Demo-City}
     * @param ipVersion 6 for a tree that holds both families, 4 for one that holds IPv4 only
     * @param recordSize bits of a record in the tree: 28 or 32
     */
    public MmdbWriter(String databaseType, int ipVersion, int recordSize) {
        if (ipVersion != 4 && ipVersion != 6) {
            throw new IllegalArgumentException("IP version " + ipVersion);
        }
        if (recordSize != 28 && recordSize != 32) {
            throw new IllegalArgumentException("record size " + recordSize);
        }
        this.databaseType = databaseType;
        this.ipVersion = ipVersion;
        this.recordSize = recordSize;
    }

    /** A file for both families, with the record size that MaxMind's own city files have. */
    public MmdbWriter(String databaseType) {
        this(databaseType, 6, 28);
    }

    /** Puts any record. The network is an address literal, a slash and a prefix length; names are refused. */
    public MmdbWriter put(String cidr, Map<String, Object> value) {
        int slash = cidr.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("no prefix length: " + cidr);
        }
        byte[] address = address(cidr.substring(0, slash));
        int prefix = Integer.parseInt(cidr.substring(slash + 1));
        if (prefix < 0 || prefix > address.length * 8) {
            throw new IllegalArgumentException("prefix length: " + cidr);
        }
        if (ipVersion == 4 && address.length != 4) {
            throw new IllegalArgumentException("not IPv4: " + cidr);
        }
        int above = ipVersion == 6 && address.length == 4 ? IPV4_PREFIX : 0;
        entries.add(new Entry(new BigInteger(1, address), above + prefix, value));
        return this;
    }

    /**
     * Puts a record in MaxMind's own nested shape, as in a GeoLite2 City file.
     *
     * @param country ISO 3166-1 alpha-2
     * @param city name in English
     * @param latitude degrees, north positive
     * @param longitude degrees, east positive
     * @param radiusKm accuracy radius in kilometres, at most 65535
     */
    public MmdbWriter city(String cidr, String country, String city, double latitude, double longitude, int radiusKm) {
        return put(
                cidr,
                Map.of(
                        "city", Map.of("names", Map.of("en", city)),
                        "country", Map.of("iso_code", country),
                        "location",
                                Map.of(
                                        "accuracy_radius", (short) radiusKm,
                                        "latitude", latitude,
                                        "longitude", longitude)));
    }

    /**
     * Puts a record in the flat shape of several free databases.
     *
     * @param latitude a number or a string: both are found
     * @param longitude a number or a string: both are found
     */
    public MmdbWriter flat(String cidr, String country, String city, Object latitude, Object longitude) {
        return put(cidr, Map.of("city", city, "country_code", country, "latitude", latitude, "longitude", longitude));
    }

    /** Writes the file, replacing one that is there. */
    public void writeTo(Path file) throws IOException {
        Files.write(file, toBytes());
    }

    /** The whole file. */
    public byte[] toBytes() {
        List<Node> nodes = new ArrayList<>();
        number(tree(), nodes);

        ByteArrayOutputStream data = new ByteArrayOutputStream();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Map<Object, Integer> offsets = new HashMap<>();
        for (Node node : nodes) {
            writeNode(
                    file,
                    pointer(node.children[0], nodes.size(), data, offsets),
                    pointer(node.children[1], nodes.size(), data, offsets));
        }
        file.writeBytes(new byte[SEPARATOR]);
        file.writeBytes(data.toByteArray());
        file.writeBytes(METADATA_MARKER);
        writeValue(file, metadata(nodes.size()));
        return file.toByteArray();
    }

    private Map<String, Object> metadata(int nodeCount) {
        return Map.of(
                "binary_format_major_version",
                (short) 2,
                "binary_format_minor_version",
                (short) 0,
                "build_epoch",
                BUILD_EPOCH,
                "database_type",
                databaseType,
                "description",
                Map.of("en", databaseType),
                "ip_version",
                (short) ipVersion,
                "languages",
                List.of("en"),
                "node_count",
                nodeCount,
                "record_size",
                (short) recordSize);
    }

    private Node tree() {
        Node root = new Node();
        List<Entry> widestFirst = new ArrayList<>(entries);
        widestFirst.sort(Comparator.comparingInt(Entry::prefix));
        for (Entry entry : widestFirst) {
            insert(root, entry);
        }
        return root;
    }

    private void insert(Node root, Entry entry) {
        if (entry.prefix() == 0) {
            root.children[0] = entry.value();
            root.children[1] = entry.value();
            return;
        }
        Node node = root;
        for (int depth = 0; depth < entry.prefix() - 1; depth++) {
            int bit = bit(entry, depth);
            if (!(node.children[bit] instanceof Node)) {
                // A wider network, or nothing: what was known of the whole stays true of both halves.
                Node split = new Node();
                split.children[0] = node.children[bit];
                split.children[1] = node.children[bit];
                node.children[bit] = split;
            }
            node = (Node) node.children[bit];
        }
        node.children[bit(entry, entry.prefix() - 1)] = entry.value();
    }

    private int bit(Entry entry, int depth) {
        int highest = ipVersion == 6 ? 127 : 31;
        return entry.address().testBit(highest - depth) ? 1 : 0;
    }

    private static void number(Node node, List<Node> nodes) {
        node.index = nodes.size();
        nodes.add(node);
        for (Object child : node.children) {
            if (child instanceof Node branch) {
                number(branch, nodes);
            }
        }
    }

    private static int pointer(Object child, int nodeCount, ByteArrayOutputStream data, Map<Object, Integer> offsets) {
        if (child == null) {
            return nodeCount;
        }
        if (child instanceof Node branch) {
            return branch.index;
        }
        Integer offset = offsets.get(child);
        if (offset == null) {
            offset = data.size();
            offsets.put(child, offset);
            writeValue(data, child);
        }
        return nodeCount + SEPARATOR + offset;
    }

    private void writeNode(ByteArrayOutputStream out, int left, int right) {
        if (recordSize == 32) {
            writeBytes(out, left, 4);
            writeBytes(out, right, 4);
            return;
        }
        if (Math.max(left, right) >>> 28 != 0) {
            throw new IllegalStateException("too large for records of 28 bits");
        }
        writeBytes(out, left, 3);
        out.write(left >>> 24 << 4 | right >>> 24);
        writeBytes(out, right, 3);
    }

    private static void writeValue(ByteArrayOutputStream out, Object value) {
        if (value instanceof String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            writeControl(out, 2, utf8.length);
            out.writeBytes(utf8);
        } else if (value instanceof Double number) {
            writeControl(out, 3, Double.BYTES);
            writeBytes(out, Double.doubleToLongBits(number), Double.BYTES);
        } else if (value instanceof byte[] bytes) {
            writeControl(out, 4, bytes.length);
            out.writeBytes(bytes);
        } else if (value instanceof Short number) {
            writeInteger(out, 5, Short.toUnsignedLong(number));
        } else if (value instanceof Integer number) {
            writeInteger(out, number < 0 ? 8 : 6, Integer.toUnsignedLong(number));
        } else if (value instanceof Long number) {
            writeInteger(out, 9, number);
        } else if (value instanceof Boolean flag) {
            writeControl(out, 14, flag ? 1 : 0);
        } else if (value instanceof Float number) {
            writeControl(out, 15, Float.BYTES);
            writeBytes(out, Float.floatToIntBits(number), Float.BYTES);
        } else if (value instanceof List<?> list) {
            writeControl(out, 11, list.size());
            list.forEach(item -> writeValue(out, item));
        } else if (value instanceof Map<?, ?> map) {
            writeControl(out, 7, map.size());
            // By key: the order of a map's own may differ from run to run.
            new TreeMap<>(map).forEach((key, item) -> {
                writeValue(out, key);
                writeValue(out, item);
            });
        } else {
            throw new IllegalArgumentException("no such type in the format: " + value);
        }
    }

    /** An integer takes as many bytes as it needs, none for zero. */
    private static void writeInteger(ByteArrayOutputStream out, int type, long bits) {
        int length = (Long.SIZE - Long.numberOfLeadingZeros(bits) + 7) / 8;
        writeControl(out, type, length);
        writeBytes(out, bits, length);
    }

    /** Type and size: types from 8 on stand in a second byte, sizes from 29 on in up to three further ones. */
    private static void writeControl(ByteArrayOutputStream out, int type, int size) {
        int first = type < 8 ? type << 5 : 0;
        int extraBytes = size < 29 ? 0 : size < 285 ? 1 : size < 65_821 ? 2 : 3;
        out.write(first | (extraBytes == 0 ? size : 28 + extraBytes));
        if (type >= 8) {
            out.write(type - 7);
        }
        int[] subtract = {0, 29, 285, 65_821};
        writeBytes(out, size - subtract[extraBytes], extraBytes);
    }

    /** The lowest bytes of a number, most significant first. */
    private static void writeBytes(ByteArrayOutputStream out, long bits, int length) {
        for (int shift = (length - 1) * 8; shift >= 0; shift -= 8) {
            out.write((int) (bits >>> shift));
        }
    }

    private static byte[] address(String literal) {
        // With a colon or in dotted form the JDK parses, or refuses; it would ask DNS for anything else.
        if (literal.indexOf(':') < 0 && !IPV4.matcher(literal).matches()) {
            throw new IllegalArgumentException("not an address: " + literal);
        }
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address: " + literal, e);
        }
    }
}
