package dev.identities.api.ngrok;

import static dev.identities.api.JsonText.tree;
import static dev.identities.api.ngrok.OpenApiDocument.DOCUMENT;
import static dev.identities.api.ngrok.OpenApiDocument.mapper;
import static dev.identities.api.ngrok.OpenApiDocument.problems;
import static dev.identities.api.ngrok.OpenApiDocument.resolve;
import static dev.identities.api.ngrok.OpenApiDocument.schema;
import static dev.identities.api.ngrok.OpenApiDocument.stream;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.identities.access.AccessDeniedException.Reason;
import dev.identities.api.ApiServer.Answer;
import dev.identities.api.globalrevocation.GlobalRevocationApi;
import dev.identities.notify.FakeMessage;
import dev.identities.session.Device;
import dev.identities.session.IdentityProvider;
import dev.identities.session.Person;
import dev.identities.session.Place;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The description against the code that it describes. */
class OpenApiTest {

    /** The methods that reach the API. */
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final String DESCRIPTION = "/openapi.yaml";
    private static final String EVENTS = "/events";

    private final NgrokWorld world = new NgrokWorld();

    @AfterEach
    void close() {
        world.close();
    }

    /** Something that a path can do; the path as written in the document. */
    record Operation(String method, String path) {

        JsonNode node() {
            return DOCUMENT.get("paths").get(path).get(method.toLowerCase(Locale.ROOT));
        }

        /** Those of the path and those of the method. */
        List<JsonNode> parameters(String in) {
            JsonNode ofPath = DOCUMENT.get("paths").get(path).path("parameters");
            return Stream.concat(stream(ofPath), stream(node().path("parameters")))
                    .map(OpenApiDocument::resolve)
                    .filter(parameter -> parameter.get("in").textValue().equals(in))
                    .toList();
        }

        /** The path of something that is there in {@link #populate()}. */
        String concretePath() {
            return path.replace("{id}", path.startsWith("/users") ? "usr_u0" : "ses_696adf8bfs0");
        }

        boolean describes() {
            return path.equals(DESCRIPTION);
        }
    }

    @Test
    @DisplayName("the document is served to whoever has a credential, without a version")
    void served() throws IOException {
        Answer answer = world.callWith("GET", DESCRIPTION);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/yaml");
        assertThat(mapper().readTree(answer.body())).isEqualTo(DOCUMENT);
        world.caller.mayQuery = false;
        assertThat(world.callWith("GET", DESCRIPTION).status()).isEqualTo(200);
        world.refuse(Reason.NO_CREDENTIALS);
        NgrokApiErrorsTest.assertError(world.callWith("GET", DESCRIPTION), 403, 200);
    }

    @ParameterizedTest
    @DisplayName("a schema has the record's members in the record's order and of its types, required unless left out")
    @MethodSource("records")
    void members(Class<?> type) {
        JsonNode schema = schema(OpenApiTypes.nameOf(type));
        assertThat(schema.get("type").textValue()).isEqualTo("object");
        List<String> expected = Arrays.stream(type.getRecordComponents())
                .map(component ->
                        OpenApiTypes.snakeCase(component) + ": " + OpenApiTypes.typeOf(component.getGenericType()))
                .toList();
        assertThat(schema.get("properties").properties())
                .extracting(property -> property.getKey() + ": " + OpenApiTypes.documentedType(property.getValue()))
                .isEqualTo(expected);
        assertThat(stream(schema.path("required")).map(JsonNode::textValue))
                .containsExactlyElementsOf(Arrays.stream(type.getRecordComponents())
                        .filter(component -> !mayBeLeftOut(component))
                        .map(OpenApiTypes::snakeCase)
                        .toList());
    }

    /** Jackson's annotation of the member, or of all members of the record. */
    private static boolean mayBeLeftOut(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(JsonInclude.class)
                || component.getDeclaringRecord().isAnnotationPresent(JsonInclude.class);
    }

    @Test
    @DisplayName("the nullable members are those for which ngrok's clients take a null, and some of ours")
    void nullable() {
        assertThat(properties(OpenApiDocument::isNullable)).containsExactlyInAnyOrder("""
                ApplicationUserList.next_page_uri ApplicationSessionList.next_page_uri
                ApplicationSession.endpoint ApplicationSession.edge ApplicationSession.route ApplicationSession.impersonator
                BrowserSession.location Location.country_code
                Location.latitude Location.longitude Location.lat_long_radius_km Location.city
                Location.source Location.attribution Location.attribution_url
                ApplicationSession.grant ApplicationSession.suspended
                BulkPreview.ticket BulkPreview.expires_at Event.session Event.ended
                Event.signal RaisedSignal.details
                """.split("\\s+"));
    }

    @Test
    @DisplayName("what ngrok does not have is marked")
    void additions() {
        assertThat(properties(property -> property.path("x-addition").asBoolean()))
                .containsExactlyInAnyOrder(
                        "ApplicationUserList.total",
                        "ApplicationSessionList.total",
                        "ApplicationUser.enabled",
                        "ApplicationUser.account",
                        "ApplicationUser.sessions_count",
                        "ApplicationUser.identity_providers",
                        "ApplicationUser.access",
                        "ApplicationUser.clients",
                        "ApplicationUser.latest_session",
                        "ApplicationUser.signals",
                        "ApplicationUser.signal_details",
                        "IdentityProvider.alias",
                        "ApplicationSession.kind",
                        "ApplicationSession.idle_expires_at",
                        "ApplicationSession.identity_provider",
                        "ApplicationSession.auth_method",
                        "ApplicationSession.remember_me",
                        "ApplicationSession.clients",
                        "ApplicationSession.access",
                        "ApplicationSession.current",
                        "ApplicationSession.impersonator",
                        "ApplicationSession.grant",
                        "ApplicationSession.suspended",
                        "ApplicationSession.signals",
                        "ApplicationSession.signal_details",
                        "BrowserSession.recorded_ip_address",
                        "PersonRef.username",
                        "PersonRef.name",
                        "Location.city",
                        "Location.source",
                        "Location.attribution",
                        "Location.attribution_url");
        assertThat(operations().filter(operation -> DOCUMENT.get("paths")
                        .get(operation.path())
                        .path("x-addition")
                        .asBoolean()))
                .containsExactlyInAnyOrder(
                        new Operation("GET", "/users/{id}/sessions"),
                        new Operation("POST", "/sessions/revoke"),
                        new Operation("GET", EVENTS),
                        new Operation("GET", DESCRIPTION));
    }

    @Test
    @DisplayName("the operations")
    void allOperations() {
        assertThat(operations())
                .containsExactlyInAnyOrder(
                        new Operation("GET", "/users"),
                        new Operation("GET", "/users/{id}"),
                        new Operation("DELETE", "/users/{id}"),
                        new Operation("GET", "/users/{id}/sessions"),
                        new Operation("GET", "/sessions"),
                        new Operation("GET", "/sessions/{id}"),
                        new Operation("DELETE", "/sessions/{id}"),
                        new Operation("POST", "/sessions/revoke"),
                        new Operation("GET", EVENTS),
                        new Operation("GET", DESCRIPTION));
        assertThat(operations().map(operation -> operation.node().get("operationId")))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @DisplayName("an operation is there, and answers as described")
    @MethodSource("operations")
    void answers(Operation operation) {
        populate();
        Answer answer = call(operation);
        assertThat(answer.status()).isIn(200, 204);
        assertDescribed(operation, answer);
    }

    @ParameterizedTest
    @DisplayName("what a parameter changes is as described")
    @CsvSource({
        "GET, /users, ?order_by=last_active&limit=1",
        "GET, /users, ?search=u&limit=1",
        "GET, /users, ?identity_provider=google",
        "GET, /users, ?search=usr_u0&identity_provider=google&order_by=last_active",
        "DELETE, /users/{id}, ?report=true",
        "DELETE, /sessions/{id}, ?report=true&reason=x"
    })
    void variants(String method, String path, String query) {
        populate();
        world.store.messages("s0", FakeMessage.quick("shop"), FakeMessage.untellable("idp:google"));
        Operation operation = new Operation(method, path);
        Answer answer = world.call(method, operation.concretePath() + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertDescribed(operation, answer);
        assertThat(answer.body()).contains("s0");
    }

    @Test
    @DisplayName("what became of each session when some could not be ended is as described")
    void partlyEnded() {
        populate();
        world.store.failOn("s0");
        Operation operation = new Operation("DELETE", "/sessions/{id}");
        Answer answer = world.call("DELETE", operation.concretePath() + "?report=true");
        assertThat(answer.status()).as(answer.body()).isEqualTo(207);
        assertDescribed(operation, answer);
    }

    @ParameterizedTest
    @DisplayName("an operation's errors are as described")
    @MethodSource("operations")
    void errors(Operation operation) {
        populate();
        assertDescribed(operation, world.call(operation.method(), operation.concretePath() + "?surprise=1"));
        world.streams.failWith(new IllegalStateException("broken"));
        assertDescribed(operation, call(operation));
        if (operation.path().contains("{id}")) {
            assertDescribed(
                    operation, world.call(operation.method(), operation.path().replace("{id}", "!")));
        }
        world.refuse(Reason.NO_CREDENTIALS);
        assertDescribed(operation, world.call(operation.method(), operation.concretePath()));
    }

    @Test
    @DisplayName("whatever is not described is not there, and nothing happens")
    void nothingElse() {
        populate();
        Set<Operation> described = operations().collect(Collectors.toSet());
        Stream<String> paths = Stream.concat(
                operations().map(Operation::path),
                Stream.of("/", "/endpoints", "/sessions/{id}/users", "/openapi.json"));
        paths.distinct()
                .flatMap(path -> METHODS.stream().map(method -> new Operation(method, path)))
                .filter(operation -> !described.contains(operation))
                // This path also reads as that of a session.
                .filter(operation -> !operation.path().equals("/sessions/revoke")
                        || !described.contains(new Operation(operation.method(), "/sessions/{id}")))
                .forEach(operation -> {
                    Answer answer = world.call(operation.method(), operation.concretePath());
                    JsonNode error = NgrokApiErrorsTest.assertError(answer, 404, 404);
                    assertThat(error.get("msg").textValue()).isEqualTo("Not Found");
                    assertThat(error.at("/details/path").textValue()).isEqualTo(operation.concretePath());
                    assertThat(problems(schema("Error"), error, "error")).isEmpty();
                });
        assertThat(world.streams.sessions()).hasSize(2);
    }

    @ParameterizedTest
    @DisplayName("the parameters are those that the operation takes, by its own word")
    @MethodSource("operations")
    void parameters(Operation operation) {
        populate();
        List<String> documented = operation.parameters("query").stream()
                .map(parameter -> parameter.get("name").textValue())
                .toList();
        JsonNode error = NgrokApiErrorsTest.assertError(
                world.call(operation.method(), operation.concretePath() + "?surprise=1"), 400, 231);
        assertThat(error.get("msg").textValue())
                .endsWith("Supported: " + (documented.isEmpty() ? "none" : String.join(", ", documented)) + ".");
    }

    @ParameterizedTest
    @DisplayName("the version is required where the document says so")
    @MethodSource("operations")
    void version(Operation operation) {
        populate();
        boolean documented = operation.parameters("header").stream()
                .anyMatch(parameter -> parameter.get("name").textValue().equals("ngrok-version")
                        && parameter.get("required").booleanValue());
        Answer answer = world.callWith(operation.method(), operation.concretePath());
        assertThat(answer.status() == 400).isEqualTo(documented);
        assertThat(documented).isEqualTo(!operation.describes());
    }

    @Test
    @DisplayName("the bounds of parameters")
    void bounds() {
        JsonNode limit = DOCUMENT.at("/components/parameters/Limit/schema");
        assertThat(limit.get("minimum").intValue()).isEqualTo(1);
        assertThat(limit.get("maximum").intValue()).isEqualTo(NgrokApi.MAX_LIMIT);
        assertThat(limit.get("default").intValue()).isEqualTo(NgrokApi.MAX_LIMIT);
        assertThat(DOCUMENT.at("/components/parameters/Reason/schema/maxLength").intValue())
                .isEqualTo(NgrokApi.MAX_REASON);
        assertThat(DOCUMENT.at("/components/parameters/Search/schema/maxLength").intValue())
                .isEqualTo(UserFilter.MAX_SEARCH);
    }

    @Test
    @DisplayName("the table of errors has every error that the API knows, and no other")
    void tableOfErrors() throws ReflectiveOperationException {
        Set<String> known = new TreeSet<>();
        for (Method factory : NgrokError.class.getDeclaredMethods()) {
            if (Modifier.isStatic(factory.getModifiers()) && factory.getReturnType() == NgrokError.class) {
                Object[] arguments = Arrays.stream(factory.getParameterTypes())
                        .map(type -> type == String.class
                                ? (Object) "x"
                                : type.isEnum() ? type.getEnumConstants()[0] : (Object) 1L)
                        .toArray();
                NgrokError error = (NgrokError) factory.invoke(null, arguments);
                known.add(error.status() + " " + error.code());
            }
        }
        assertThat(known).hasSizeGreaterThan(20);
        List<String> documented = Pattern.compile("^\\| (\\d+) \\| (\\d+) \\|", Pattern.MULTILINE)
                .matcher(schema("Error").get("description").textValue())
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();
        assertThat(documented).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    @DisplayName("the examples fit their schemas")
    void examples() {
        List<JsonNode> contents = DOCUMENT.findValues("content");
        int examples = 0;
        for (JsonNode content : contents) {
            for (JsonNode body : content) {
                List<JsonNode> values = new ArrayList<>(body.findValues("value"));
                if (body.has("example")) {
                    values.add(body.get("example"));
                }
                for (JsonNode value : values) {
                    assertThat(problems(body.get("schema"), value, "example")).isEmpty();
                    examples++;
                }
            }
        }
        assertThat(examples).isGreaterThan(6);
    }

    @Test
    @DisplayName("references lead somewhere, and no component is left over")
    void references() {
        Set<String> components = new TreeSet<>();
        DOCUMENT.get("components").properties().stream()
                .filter(kind -> !kind.getKey().equals("securitySchemes"))
                .forEach(kind -> kind.getValue()
                        .fieldNames()
                        .forEachRemaining(name -> components.add("#/components/" + kind.getKey() + "/" + name)));
        assertThat(new TreeSet<>(DOCUMENT.findValuesAsText("$ref"))).isEqualTo(components);
        Set<String> required = new HashSet<>();
        DOCUMENT.findValues("security")
                .forEach(all -> all.forEach(one -> one.fieldNames().forEachRemaining(required::add)));
        assertThat(DOCUMENT.at("/components/securitySchemes").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(required);
    }

    static Stream<Class<?>> records() {
        return Arrays.stream(NgrokJson.class.getDeclaredClasses());
    }

    /** All of ngrok's API. Global Token Revocation has other callers and other errors. */
    static Stream<Operation> operations() {
        return described().filter(operation -> !operation.path().equals(GlobalRevocationApi.PATH));
    }

    static Stream<Operation> described() {
        return DOCUMENT.get("paths").properties().stream().flatMap(path -> path.getValue().properties().stream()
                .map(Map.Entry::getKey)
                .map(member -> member.toUpperCase(Locale.ROOT))
                .filter(METHODS::contains)
                .map(method -> new Operation(method, path.getKey())));
    }

    /** Calls an operation; with the example of a body where it takes one. */
    private Answer call(Operation operation) {
        if (operation.path().equals(EVENTS)) {
            // JAX-RS in these tests cannot stream.
            return world.raw(operation.method(), EVENTS);
        }
        return operation.node().has("requestBody")
                ? world.callWithJson(operation.path(), "{\"ids\":[\"s0\",\"s1\"],\"dry_run\":true}")
                : world.call(operation.method(), operation.concretePath());
    }

    /** A session of which all is known, and one of which next to nothing is. */
    private void populate() {
        world.directory.application(SampleSession.application("shop"));
        world.directory.person("u0", new Person("u0", "u0@example.com", "U Zero", true, Optional.empty()));
        world.directory.identityProvider(new IdentityProvider("google", "Google", "https://accounts.google.com"));
        world.places.put("203.0.113.7", new Place("DE", "Berlin", 52.52, 13.4, 20, "Test-City", null));
        world.places.put("203.0.113.8", new Place(null, null, null, null, null, null, null));
        world.add(
                SampleSession.of("s0")
                        .user("u0")
                        .broker("google", "1000001")
                        .clients("uuid-shop", "uuid-gone")
                        .build(),
                SampleSession.of(new SessionId(SampleSession.SECOND, SessionKind.OFFLINE, RememberMe.YES, "s1"))
                        .user("u1")
                        .impersonator("u0")
                        .unlimited()
                        .ipAddress("203.0.113.8")
                        .device(Device.UNKNOWN)
                        .build());
    }

    static void assertDescribed(Operation operation, Answer answer) {
        JsonNode response = resolve(operation.node().get("responses").path(Integer.toString(answer.status())));
        assertThat(response.isMissingNode()).as("%s %s", operation, answer).isFalse();
        for (Map.Entry<String, JsonNode> header : response.get("headers").properties()) {
            String value = answer.header(header.getKey());
            assertThat(value).as(header.getKey()).isNotNull();
            JsonNode schema = resolve(header.getValue()).get("schema");
            assertThat(problems(schema, TextNode.valueOf(value), header.getKey()))
                    .isEmpty();
        }
        if (response.has("content")) {
            Map.Entry<String, JsonNode> content =
                    response.get("content").properties().iterator().next();
            assertThat(answer.header("Content-Type")).startsWith(content.getKey());
            if (content.getKey().equals("application/json")) {
                assertThat(problems(content.getValue().get("schema"), tree(answer.body()), "body"))
                        .isEmpty();
            }
        } else {
            assertThat(answer.body()).isEmpty();
        }
    }

    /** The properties of all bodies that are so, with their schema's name. */
    private static List<String> properties(Predicate<JsonNode> so) {
        return records()
                .map(OpenApiTypes::nameOf)
                .flatMap(name -> schema(name).get("properties").properties().stream()
                        .filter(property -> so.test(property.getValue()))
                        .map(property -> name + "." + property.getKey()))
                .toList();
    }
}
