package dev.identities.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.session.RememberMe;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TicketTest {

    @Test
    @DisplayName("a ticket for the most sessions reads as it was written, and leaves room in a body of 512 KB")
    void whole() {
        Random random = new Random(7);
        Set<SessionId> sessions = new LinkedHashSet<>();
        while (sessions.size() < BulkRevocation.MAX_SESSIONS) {
            byte[] sid = new byte[18];
            random.nextBytes(sid);
            sessions.add(new SessionId(
                    1_795_000_000L + random.nextInt(2_000_000),
                    random.nextBoolean() ? SessionKind.ONLINE : SessionKind.OFFLINE,
                    RememberMe.NO,
                    Base64.getUrlEncoder().encodeToString(sid)));
        }
        Ticket ticket =
                new Ticket("id", "caller", "filter", Instant.ofEpochSecond(1), Instant.ofEpochSecond(2), sessions);
        byte[] bytes = ticket.bytes();
        assertThat(Ticket.of(bytes)).isEqualTo(ticket);
        // A seal writes four characters for three bytes.
        assertThat(bytes.length * 4 / 3).isLessThan(400_000);
    }

    @Test
    @DisplayName("a ticket for no session is one too")
    void empty() {
        Ticket ticket =
                new Ticket("id", "caller", "filter", Instant.ofEpochSecond(1), Instant.ofEpochSecond(2), Set.of());
        assertThat(Ticket.of(ticket.bytes())).isEqualTo(ticket);
    }
}
