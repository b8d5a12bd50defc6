package dev.identities.bulk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Seals with a running number, and remembers what was used. */
public final class FakeOffice implements TicketOffice {

    private final List<byte[]> sealed = new ArrayList<>();
    private final Map<String, Duration> used = new HashMap<>();

    /** How long the used tickets are remembered. */
    Map<String, Duration> used() {
        return used;
    }

    @Override
    public String seal(byte[] ticket) {
        sealed.add(ticket.clone());
        return "tkt_" + sealed.size();
    }

    @Override
    public Optional<byte[]> open(String text) {
        return text.matches("tkt_[1-9][0-9]{0,5}") && Integer.parseInt(text.substring(4)) <= sealed.size()
                ? Optional.of(sealed.get(Integer.parseInt(text.substring(4)) - 1))
                : Optional.empty();
    }

    @Override
    public boolean use(String id, Duration lifetime) {
        return used.putIfAbsent(id, lifetime) == null;
    }
}
