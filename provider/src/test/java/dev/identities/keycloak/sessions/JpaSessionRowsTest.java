package dev.identities.keycloak.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.filter.Filter;
import dev.identities.filter.FilterException;
import dev.identities.keycloak.StandIn;
import dev.identities.listing.ListFilter;
import dev.identities.listing.SessionQuery;
import dev.identities.session.Session;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

class JpaSessionRowsTest {

    private final List<String> hints = new ArrayList<>();

    // Java has no class of a type with a parameter.
    @SuppressWarnings("rawtypes")
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("a statement of a scan has a bound on its time, also where the filter looks at applications")
    void timeout(boolean looksAtClients) throws FilterException {
        StandIn<TypedQuery> query = new StandIn<>(TypedQuery.class);
        query.on("setParameter", arguments -> query.get())
                .on("setMaxResults", arguments -> query.get())
                .on("setHint", arguments -> {
                    hints.add(arguments[0] + "=" + arguments[1]);
                    return query.get();
                })
                .on("getResultList", arguments -> List.of());
        EntityManager em = new StandIn<>(EntityManager.class)
                .on("callWithConnection", arguments -> "H2")
                .on("createQuery", arguments -> query.get())
                .get();
        JpaConnectionProvider connection = new StandIn<>(JpaConnectionProvider.class)
                .on("getEntityManager", arguments -> em)
                .get();
        KeycloakSession session = new StandIn<>(KeycloakSession.class)
                .on("getProvider", arguments -> connection)
                .get();
        RealmModel realm =
                new StandIn<>(RealmModel.class).on("getId", arguments -> "acme").get();
        ListFilter<Session> filter = new ListFilter<>(
                any -> true,
                looksAtClients,
                Filter.ofSessions("true", Instant.EPOCH).narrowing(),
                Optional.empty(),
                List.of());
        IndexWatch indexes = new IndexWatch(missing -> {}, () -> 0);
        assertThat(indexes.indexes(() -> SessionIndexes.of(List.of())).missing())
                .isEqualTo(2);
        new JpaSessionRows(session, realm, null, indexes, new SignInMemory())
                .sweep(
                        new SessionQuery(Optional.empty(), Optional.empty(), 10, Optional.of(filter)),
                        Optional.empty(),
                        10);
        assertThat(hints).containsExactly("jakarta.persistence.query.timeout=10000");
    }
}
