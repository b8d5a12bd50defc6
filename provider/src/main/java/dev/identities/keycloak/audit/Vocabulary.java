package dev.identities.keycloak.audit;

import dev.identities.ending.Cause;
import dev.identities.ending.Outcome;
import dev.identities.notify.Delivery;
import dev.identities.text.LogText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/** The words in which one API's audit speaks of ended sessions. */
interface Vocabulary {

    /** The line of log of one session. */
    String line(Cause cause, Outcome outcome);

    /**
     * Writes the event of one session.
     *
     * @param own in whose transaction; its realm is set
     */
    void write(KeycloakSession own, Cause cause, Outcome outcome);

    /** Who was told, and how far that got; in the order of the parties' names. */
    static String deliveries(List<Delivery> deliveries) {
        return deliveries.stream()
                .map(delivery -> LogText.clean(delivery.party()) + "=" + name(delivery.status()))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
