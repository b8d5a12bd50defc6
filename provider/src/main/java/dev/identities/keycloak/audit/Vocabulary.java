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
     * @param own the Keycloak session whose transaction the event is written in; its realm is set
     */
    void write(KeycloakSession own, Cause cause, Outcome outcome);

    /** The parties that were told, with the state of each delivery, in the order of their names. */
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
