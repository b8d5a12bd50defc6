package dev.identities.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.e2e.Http.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often accounts are read for a page of people whom Keycloak's user cache does not hold. */
class AccountReadsIT {

    private static final int PEOPLE = 25;

    /** For the account of the API key, for the filter or the search, and for the page. */
    private static final long FEW = 5;

    private static Tenant tenant;

    @BeforeAll
    static void people() throws SQLException {
        tenant = Tenant.create(Cluster.shared(), "account-reads");
        IntStream.range(0, PEOPLE)
                .mapToObj(number -> tenant.person("person-%02d".formatted(number)))
                .forEach(person -> person.signIn(Node.ONE));
        logStatements("all");
    }

    @AfterAll
    static void stopLogging() throws SQLException {
        logStatements("none");
    }

    private static void logStatements(String which) throws SQLException {
        try (Connection connection = Rows.connect(tenant);
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET log_statement = '" + which + "'");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/users?limit=100",
                "/users?order_by=last_active&limit=100",
                "/users?search=person&limit=100",
                "/users?limit=100&filter=obj.username.contains(%22person%22)",
                "/sessions?limit=100"
            })
    @DisplayName("all accounts of a page are read at once")
    void atOnce(String list) {
        tenant.realm().admin().post(tenant.realm().path("/clear-user-cache"), Map.of());
        String before = tenant.cluster().database().logged();

        Answer answer = tenant.app(Node.ONE).get(list);

        assertThat(names(answer)).hasSize(PEOPLE);
        String logged = tenant.cluster().database().logged().substring(before.length());
        assertThat(statements(logged, "USER_ENTITY")).isBetween(1L, FEW);
        assertThat(statements(logged, "USER_ATTRIBUTE")).isLessThanOrEqualTo(FEW);
    }

    private static long statements(String logged, String table) {
        return logged.lines()
                .filter(line -> line.contains(" from " + table + " "))
                .count();
    }

    private static Set<String> names(Answer page) {
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        Set<String> names = new TreeSet<>();
        for (JsonNode item : page.json().elements().next()) {
            JsonNode user = item.path("application_user").isObject() ? item.get("application_user") : item;
            names.add(user.get("username").asText());
        }
        return names;
    }
}
