package dev.identities.bulk;

import dev.identities.session.RememberMe;
import dev.identities.session.SessionId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * What a dry run found, as its caller brings it back. It names each session and does not only count them, so that the
 * call can tell a session that is gone from one that does not match any more, and both from a new one.
 *
 * @param id random; a ticket works once
 * @param caller digest of the id of the actor who made the dry run
 * @param filter digest of the filter
 * @param asOf the second that the filter took for now
 * @param expires when it stops working
 * @param sessions those to end, by the ids that {@link #entry} makes
 */
record Ticket(String id, String caller, String filter, Instant asOf, Instant expires, Set<SessionId> sessions) {

    /**
     * The id of a session in a ticket. It is without remember-me, because Keycloak may fill that in meanwhile. It has the
     * second of creation, because Keycloak can begin a session anew under the same {@code sid}.
     */
    static SessionId entry(SessionId id) {
        return new SessionId(id.createdOn(), id.kind(), RememberMe.NO, id.sid());
    }

    /** Whether the ticket is for this session. */
    boolean covers(SessionId session) {
        return sessions.contains(entry(session));
    }

    /** Lines of ASCII, deflated: 10,000 sessions make some 230 KB. */
    byte[] bytes() {
        String text = Stream.concat(
                        Stream.of(
                                id,
                                caller,
                                filter,
                                Long.toString(asOf.getEpochSecond()),
                                Long.toString(expires.getEpochSecond())),
                        sessions.stream().map(SessionId::toString))
                .collect(Collectors.joining("\n"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(bytes)) {
            deflater.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @param bytes from under a seal, so nobody else can have made them
     */
    static Ticket of(byte[] bytes) {
        List<String> lines;
        try (InflaterInputStream inflater = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            lines = new String(inflater.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Ticket(
                lines.get(0),
                lines.get(1),
                lines.get(2),
                Instant.ofEpochSecond(Long.parseLong(lines.get(3))),
                Instant.ofEpochSecond(Long.parseLong(lines.get(4))),
                lines.stream()
                        .skip(5)
                        .map(id -> SessionId.parse(id).orElseThrow())
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
    }
}
