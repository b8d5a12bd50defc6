package dev.identities.api.ngrok;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.api.Route;
import dev.identities.api.globalrevocation.GlobalRevocationApi;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The description and the table of routes hold each other. */
class OpenApiRoutesTest {

    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

    private final NgrokWorld world = new NgrokWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName("every route is described with its parameters in their order, and what is described has a route")
    void sameRows() {
        List<String> routes = new ArrayList<>();
        for (Route<?, ?> route : routes()) {
            routes.add(row(
                    route.method(), route.path().text(), variables(route.path().text()), route.parameters()));
        }
        List<String> described = OpenApiTest.described()
                .map(operation ->
                        row(operation.method(), operation.path(), names(operation, "path"), names(operation, "query")))
                .toList();
        assertThat(described).hasSizeGreaterThan(5).doesNotHaveDuplicates();
        assertThat(routes).containsExactlyInAnyOrderElementsOf(described);
    }

    @Test
    @DisplayName("a route takes a body where one is described")
    void bodies() {
        assertThat(routes()).allSatisfy(route -> assertThat(OpenApiTest.described()
                        .filter(operation -> operation.method().equals(route.method())
                                && operation.path().equals(route.path().text()))
                        .map(operation -> operation.node().has("requestBody")))
                .containsExactly(route.takesBody()));
    }

    /** Those of all APIs that are mounted at {@code app}. */
    private List<Route<?, ?>> routes() {
        GlobalRevocationApi revocation = new GlobalRevocationApi(
                new GlobalRevocationApi.Realm("acme", null, null, null, null, null), () -> null);
        List<Route<?, ?>> routes = new ArrayList<>(world.routes());
        routes.addAll(revocation.routes());
        return routes;
    }

    private static String row(String method, String path, List<String> variables, List<String> parameters) {
        return method + " " + path + " " + variables + " " + parameters;
    }

    private static List<String> names(OpenApiTest.Operation operation, String in) {
        return operation.parameters(in).stream()
                .map(parameter -> parameter.get("name").textValue())
                .toList();
    }

    private static List<String> variables(String path) {
        return VARIABLE.matcher(path)
                .results()
                .map((MatchResult variable) -> variable.group(1))
                .toList();
    }
}
