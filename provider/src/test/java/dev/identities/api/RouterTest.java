package dev.identities.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {

    private static final List<String> CREDENTIALS = List.of("client_id");

    /** The calls that got to a handler. */
    private final List<Call<String>> calls = new ArrayList<>();

    private final Router<String, Refused> strict = router(new StrictForm());
    private final Router<String, Refused> lenient = router(new LenientForm());

    /** What an API answers instead of calling a handler. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String how) {
            super(how);
        }
    }

    /** An API that tells a wrong method from an unknown path, and leaves bodies unread. */
    private static class LenientForm implements Refusals<Refused> {

        @Override
        public Refused noSuchPath(ApiRequest request) {
            return new Refused("no path " + request.rawPath());
        }

        @Override
        public Refused methodNotAllowed(ApiRequest request, List<String> allowed) {
            return new Refused("allow " + String.join(",", allowed));
        }

        @Override
        public Optional<Refused> unexpectedBody() {
            return Optional.empty();
        }

        @Override
        public Refused missingParameter(String name) {
            return new Refused("missing " + name);
        }

        @Override
        public Refused repeatedParameter(String name) {
            return new Refused("repeated " + name);
        }

        @Override
        public Refused unknownParameter(String name, List<String> known) {
            return new Refused("unknown " + name + " of " + String.join(",", known));
        }
    }

    /** An API that does not tell a wrong method from an unknown path, and refuses bodies. */
    private static final class StrictForm extends LenientForm {

        @Override
        public Refused methodNotAllowed(ApiRequest request, List<String> allowed) {
            return noSuchPath(request);
        }

        @Override
        public Optional<Refused> unexpectedBody() {
            return Optional.of(new Refused("body"));
        }
    }

    private Router<String, Refused> router(Refusals<Refused> form) {
        return new Router<>(
                form,
                List.of(
                        new Area<>("/things", (caller, request) -> require(caller, "things")),
                        new Area<>("/things/open", Guard.none()),
                        new Area<>("/people", Guard.none())),
                List.of(
                        row(200, "GET", "/things")
                                .takes(List.of("limit", "filter"))
                                .pageOf(PagedList.SESSIONS),
                        row(201, "POST", "/things/revoke").withBody(),
                        row(202, "GET", "/things/{id}"),
                        row(203, "DELETE", "/things/{id}").needs((caller, request) -> require(caller, "delete")),
                        row(205, "GET", "/things/{id}/parts/{part}"),
                        row(206, "GET", "/things/open/day"),
                        row(210, "GET", "/people/{key}").takes(CREDENTIALS),
                        row(211, "GET", "/people?key").takes(CREDENTIALS),
                        row(212, "POST", "/people/{key}/revoke"),
                        row(213, "POST", "/people/revoke?key"),
                        row(214, "GET", "/outside")));
    }

    private Route<String, Refused> row(int status, String method, String path) {
        return Route.of(method, path, call -> {
            calls.add(call);
            return Response.status(status);
        });
    }

    private static void require(String caller, String permission) throws Refused {
        if (!caller.contains(permission)) {
            throw new Refused("not permitted " + permission);
        }
    }

    @ParameterizedTest
    @DisplayName("a request gets to the row of its path and method, and to no other")
    @CsvSource({
        "GET, /things, 200",
        "GET, /things/, 200",
        "GET, /things?limit=1&filter=x, 200",
        "POST, /things/revoke, 201",
        "GET, /things/revoke, 202",
        "GET, /things/x, 202",
        "GET, /things//, 202",
        "GET, /things/a%2Fb, 202",
        "DELETE, /things/x, 203",
        "GET, /things/x/parts/y, 205",
        "GET, /things/open, 202",
        "GET, /things/open/day, 206",
        "GET, /people/jane, 210",
        "GET, /people/jane?client_id=x, 210",
        "GET, /people/revoke, 210",
        "GET, /people?key=jane, 211",
        "GET, /people?key=jane&client_id=x, 211",
        "GET, /people?key, 211",
        "POST, /people/jane/revoke, 212",
        "POST, /people/revoke?key=jane, 213"
    })
    void routed(String method, String path, int status) throws Refused, MalformedRequestException {
        for (Router<String, Refused> router : List.of(strict, lenient)) {
            assertThat(router.answer("things delete", request(method, path))
                            .response()
                            .getStatus())
                    .isEqualTo(status);
        }
        assertThat(calls).hasSize(2);
    }

    @ParameterizedTest
    @DisplayName("a request that is not in the table is refused in the API's own form, and no handler is called")
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | ''                          | no path                | no path",
                "GET    | /                           | no path /              | no path /",
                "GET    | /nothing                    | no path /nothing       | no path /nothing",
                "GET    | /outside                    | no path /outside       | no path /outside",
                "GET    | /Things                     | no path /Things        | no path /Things",
                "GET    | /things/x/parts             | no path /things/x/parts | no path /things/x/parts",
                "GET    | /things/x/parts/y/z         | no path /things/x/parts/y/z | no path /things/x/parts/y/z",
                "POST   | /things                     | no path /things        | allow GET",
                "PUT    | /things/x                   | no path /things/x      | allow GET,DELETE",
                "PUT    | /things/revoke              | no path /things/revoke | allow POST,GET,DELETE",
                "GET    | /things?surprise            | unknown surprise of limit,filter | unknown surprise of limit,filter",
                "GET    | /things/x?key=1             | unknown key of         | unknown key of",
                "GET    | /things/x?limit=1           | unknown limit of       | unknown limit of",
                "GET    | /things?limit=1&limit=1     | repeated limit         | repeated limit",
                "GET    | /things?x&x                 | repeated x             | repeated x",
                "GET    | /things?x&limit=1&limit=1   | repeated limit         | repeated limit",
                "POST   | /things?x&x                 | no path /things        | allow GET",
                "GET    | /people                     | missing key            | missing key",
                "PUT    | /people                     | missing key            | missing key",
                "POST   | /people/revoke              | missing key            | missing key",
                "PUT    | /people/revoke              | no path /people/revoke | allow GET",
                "PUT    | /people?key=jane            | no path /people        | allow GET",
                "GET    | /people/revoke?key=jane     | no path /people/revoke | allow POST",
                "GET    | /people/jane?key=john       | no path /people/jane   | no path /people/jane",
                "POST   | /people/jane/revoke?key=x   | no path /people/jane/revoke | no path /people/jane/revoke",
                "GET    | /people?key=a&key=b         | repeated key           | repeated key",
                "GET    | /people?key=a&limit=1       | unknown limit of key,client_id | unknown limit of key,client_id"
            })
    void refused(String method, String path, String strictly, String leniently) {
        assertRefused(strict, "things delete", request(method, path), strictly);
        assertRefused(lenient, "things delete", request(method, path), leniently);
        assertThat(calls).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("an area's guard is asked first, at paths without anything as well; the longest area counts")
    @CsvSource({
        "GET, /things",
        "GET, /things/x?surprise",
        "PUT, /things",
        "GET, /things/x/y/z",
        "GET, /things/opening",
        "GET, /things?limit=%"
    })
    void guard(String method, String path) throws Refused, MalformedRequestException {
        assertRefused(lenient, "nobody", request(method, path), "not permitted things");
        assertThat(lenient.answer("nobody", request("GET", "/things/open/day"))
                        .response()
                        .getStatus())
                .isEqualTo(206);
        assertRefused(lenient, "nobody", request("GET", "/things/open/x"), "no path /things/open/x");
    }

    @Test
    @DisplayName("a route's permission is asked last")
    void permission() {
        assertRefused(lenient, "things", request("DELETE", "/things/x"), "not permitted delete");
        assertRefused(lenient, "things", request("DELETE", "/things/x?y"), "unknown y of ");
        assertThat(calls).isEmpty();
    }

    @Test
    @DisplayName("a body where none belongs is refused before the parameters are looked at, or left unread")
    void bodies() throws Refused, MalformedRequestException {
        assertRefused(strict, "things", withBody("GET", "/things?surprise"), "body");
        assertRefused(strict, "things", withBody("PUT", "/things"), "no path /things");
        assertThat(calls).isEmpty();
        lenient.answer("things", withBody("GET", "/things"));
        strict.answer("things", withBody("POST", "/things/revoke"));
        assertThat(calls).hasSize(2);
    }

    @Test
    @DisplayName("the handler gets the caller, the request, the path's decoded variables and the query")
    void call() throws Refused, MalformedRequestException {
        ApiRequest request = request("GET", "/things/a%2Fb/parts/%C3%A4");
        strict.answer("things", request);
        strict.answer("things", request("GET", "/things?filter=a+b"));

        assertThat(calls.get(0).caller()).isEqualTo("things");
        assertThat(calls.get(0).request()).isSameAs(request);
        assertThat(calls.get(0).variables()).containsExactly(entry("id", "a/b"), entry("part", "ä"));
        assertThat(calls.get(0).variable("part")).isEqualTo("ä");
        assertThat(calls.get(0).variable("other")).isNull();
        assertThat(calls.get(1).query().first("filter")).contains("a b");
    }

    @Test
    @DisplayName("the answer names the list that the route reads a page of, and no list for other routes")
    void lists() throws Refused, MalformedRequestException {
        assertThat(strict.answer("things", request("GET", "/things")).list()).contains(PagedList.SESSIONS);
        assertThat(strict.answer("things", request("GET", "/things/x")).list()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("a path or query that cannot be decoded is told from one that is not there")
    @CsvSource({
        "GET, /things/%ff",
        "GET, /%",
        "GET, /things?limit=%",
        "GET, /people/jane?x=%zz",
        "GET, /people/x/y?key=%"
    })
    void malformed(String method, String path) {
        assertThatThrownBy(() -> strict.answer("things", request(method, path)))
                .isInstanceOf(MalformedRequestException.class);
        assertThat(calls).isEmpty();
    }

    @Test
    @DisplayName("an area in which no parameter chooses a route does not read the query of a path that is not there")
    void queryUnread() {
        assertRefused(lenient, "things", request("GET", "/things/x/y?limit=%"), "no path /things/x/y");
    }

    private static void assertRefused(Router<String, Refused> router, String caller, ApiRequest request, String how) {
        assertThatThrownBy(() -> router.answer(caller, request))
                .isInstanceOf(Refused.class)
                .hasMessage(how.endsWith(" of") || how.equals("no path") ? how + " " : how);
    }

    private static ApiRequest request(String method, String pathAndQuery) {
        return request(method, pathAndQuery, List.of());
    }

    private static ApiRequest withBody(String method, String pathAndQuery) {
        return request(method, pathAndQuery, List.of("2"));
    }

    private static ApiRequest request(String method, String pathAndQuery, List<String> length) {
        String[] parts = pathAndQuery.split("\\?", 2);
        return new ApiRequest(
                method,
                parts[0],
                parts.length == 1 ? null : parts[1],
                name -> name.toLowerCase(Locale.ROOT).equals("content-length") ? length : List.of(),
                InputStream.nullInputStream());
    }
}
