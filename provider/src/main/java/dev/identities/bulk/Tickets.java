package dev.identities.bulk;

import dev.identities.session.Actor;
import dev.identities.session.SessionId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/** Issues and takes the tickets of one realm. A ticket is bound to its caller and filter, and works once. */
final class Tickets {

    /** Long enough to read the numbers and ask somebody, short enough for the numbers to mean something. */
    static final Duration LIFETIME = Duration.ofMinutes(10);

    private static final int ID_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final TicketOffice office;
    private final InstantSource clock;

    Tickets(TicketOffice office, InstantSource clock) {
        this.office = office;
        this.clock = clock;
    }

    /**
     * A ticket.
     *
     * @param entries its sessions, by {@link Ticket#entry}
     */
    Ticket issue(Actor caller, BulkFilter filter, Instant asOf, Set<SessionId> entries) {
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        return new Ticket(
                HexFormat.of().formatHex(id),
                digest(caller.id()),
                digest(filter.text()),
                asOf,
                Instant.ofEpochSecond(clock.instant().plus(LIFETIME).getEpochSecond()),
                entries);
    }

    String sealed(Ticket ticket) {
        return office.seal(ticket.bytes());
    }

    /**
     * The ticket of a call. It is not used up.
     *
     * @param text from outside, untrusted
     */
    Ticket open(String text, Actor caller, BulkFilter filter) throws BulkRefusedException {
        Ticket ticket = office.open(text)
                .map(Ticket::of)
                .orElseThrow(() -> new BulkRefusedException(BulkRefusedException.Reason.UNKNOWN));
        require(ticket.caller().equals(digest(caller.id())), BulkRefusedException.Reason.OTHER_CALLER);
        require(ticket.filter().equals(digest(filter.text())), BulkRefusedException.Reason.OTHER_FILTER);
        require(clock.instant().isBefore(ticket.expires()), BulkRefusedException.Reason.EXPIRED);
        return ticket;
    }

    /** Uses the ticket up. Of several calls at a time one gets through. */
    void use(Ticket ticket) throws BulkRefusedException {
        require(office.use(ticket.id(), LIFETIME.multipliedBy(2)), BulkRefusedException.Reason.USED);
    }

    private static void require(boolean fits, BulkRefusedException.Reason otherwise) throws BulkRefusedException {
        if (!fits) {
            throw new BulkRefusedException(otherwise);
        }
    }

    private static String digest(String text) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));

        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java has it.
        }
    }
}
