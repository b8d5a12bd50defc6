package dev.identities.session;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One application that a session reached (Keycloak's client session).
 *
 * @param clientUuid Keycloak's internal id of the client
 * @param started when the session first reached it; never null
 * @param lastActive when it last got a token in this session: sign-in, single sign-on or refresh, not clicks
 */
public record ClientUse(String clientUuid, Instant started, Instant lastActive) {

    /** The order of every list of applications. */
    public static final Comparator<ClientUse> LATEST_FIRST = Comparator.comparing(ClientUse::lastActive)
            .thenComparing(ClientUse::started)
            .reversed()
            .thenComparing(ClientUse::clientUuid);

    /** Uses in several sessions: each application once, most recently used first. */
    public static List<ClientUse> merged(Stream<ClientUse> uses) {
        Map<String, ClientUse> merged = new HashMap<>();
        uses.forEach(use -> merged.merge(use.clientUuid(), use, ClientUse::and));
        return merged.values().stream().sorted(LATEST_FIRST).toList();
    }

    /** The use of the same application in two sessions as one. */
    private ClientUse and(ClientUse other) {
        return new ClientUse(
                clientUuid,
                started.isBefore(other.started) ? started : other.started,
                lastActive.isAfter(other.lastActive) ? lastActive : other.lastActive);
    }
}
