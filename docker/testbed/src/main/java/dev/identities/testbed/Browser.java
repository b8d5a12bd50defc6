package dev.identities.testbed;

import dev.identities.testbed.KeycloakServer.Credentials;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * One person's browser: its own cookies, User-Agent and network address. Walks through Keycloak's own pages by their
 * forms and links; follows redirects up to the application's redirect URI, where it stops with the authorization code.
 *
 * <p>The address is said in X-Forwarded-For, which the servers here believe from loopback.
 */
public final class Browser {

    /** Chrome on Windows. */
    public static final String DESKTOP =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/126.0.0.0 Safari/537.36";

    /** Safari on an iPhone. */
    public static final String PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";

    /** Enough for a brokered first login; more is a loop. */
    private static final int MAX_STEPS = 30;

    private final HttpClient http;
    private final CookieJar cookies;
    private final String userAgent;
    private final String address;

    /** A browser with this User-Agent at this address. */
    public Browser(String userAgent, String address) {
        this(Wire.client(), userAgent, address);
    }

    /** The same over a client of one's own, for https. It must not follow redirects. */
    public Browser(HttpClient http, String userAgent, String address) {
        this(http, new CookieJar(), userAgent, address);
    }

    private Browser(HttpClient http, CookieJar cookies, String userAgent, String address) {
        this.http = http;
        this.cookies = cookies;
        this.userAgent = userAgent;
        this.address = address;
    }

    /**
     * How somebody signs in.
     *
     * @param person name and password, in the realm that asks for them
     * @param identityProvider alias of the identity provider to go through; empty: the realm's own form
     * @param rememberMe whether the box is ticked
     * @param oneTimePassword gives the code when the realm asks for one as a second step
     */
    public record SignIn(
            Credentials person,
            Optional<String> identityProvider,
            boolean rememberMe,
            Optional<Supplier<String>> oneTimePassword) {

        /** By the realm's own form. */
        public static SignIn as(String username, String password) {
            return new SignIn(new Credentials(username, password), Optional.empty(), false, Optional.empty());
        }

        /** The same with remember-me ticked. */
        public SignIn remembered() {
            return new SignIn(person, identityProvider, true, oneTimePassword);
        }

        /** The same through an identity provider of the realm; the name and password are those there. */
        public SignIn through(String alias) {
            return new SignIn(person, Optional.of(alias), rememberMe, oneTimePassword);
        }

        /** The same with a one-time password as second step. */
        public SignIn with(Supplier<String> code) {
            return new SignIn(person, identityProvider, rememberMe, Optional.of(code));
        }
    }

    /** Signs in to an application, which then exchanges the code. Scope {@code openid} is always asked for. */
    public Tokens signIn(App app, SignIn how, String... scopes) {
        return new Backend(app).exchange(authorize(app, how, scopes));
    }

    /** The same up to the authorization code. */
    public String authorize(App app, SignIn how, String... scopes) {
        Step step = open(authorizationRequest(app, "", scopes), app);
        boolean left = how.identityProvider().isEmpty();
        boolean filled = false;
        for (int i = 0; i < MAX_STEPS && step.code().isEmpty(); i++) {
            Document page = step.page();
            Element login = page.getElementById("kc-form-login");
            Element code = page.getElementById("kc-otp-login-form");
            if (!left) {
                Element link =
                        page.getElementById("social-" + how.identityProvider().orElseThrow());
                step = open(
                        URI.create(required(link, "link to the identity provider", page)
                                .absUrl("href")),
                        app);
                left = true;
            } else if (login != null) {
                if (filled) {
                    throw new IllegalStateException("Sign-in of " + how.person() + " refused: " + page.text());
                }
                step = submit(login, credentials(login, how), app);
                filled = true;
            } else if (code != null && how.oneTimePassword().isPresent()) {
                step = submit(code, Map.of("otp", how.oneTimePassword().get().get()), app);
            } else {
                Element profile = page.selectFirst("form#kc-idp-review-profile-form, form#kc-update-profile-form");
                step = submit(required(profile, "form that this browser knows", page), completed(profile), app);
            }
        }
        return step.code().orElseThrow(() -> new IllegalStateException("No end after " + MAX_STEPS + " pages"));
    }

    /** Visits an application as somebody who may be signed in: tokens without a form, or nothing if the login form is shown. */
    public Optional<Tokens> visit(App app, String... scopes) {
        Step step = open(authorizationRequest(app, "", scopes), app);
        if (step.code().isEmpty()) {
            required(step.page().getElementById("kc-form-login"), "login form", step.page());
        }
        return step.code().map(new Backend(app)::exchange);
    }

    /**
     * What an application is told that asked for a sign-in without a page (prompt=none).
     *
     * @param code the authorization code; empty when there is none
     * @param error OAuth's error; empty when there is a code
     */
    public record Silent(String code, String error) {}

    /** Visits an application that lets nothing be shown (prompt=none). */
    public Silent visitSilently(App app, String... scopes) {
        HttpResponse<String> response = send(HttpRequest.newBuilder(authorizationRequest(app, "none", scopes)));
        String location = response.headers().firstValue("Location").orElse("");
        if (response.statusCode() != 302 || !location.startsWith(app.redirectUri())) {
            throw new UnexpectedStatus(response);
        }
        URI told = URI.create(location);
        return new Silent(
                parameter(told, "code").orElse(""), parameter(told, "error").orElse(""));
    }

    /**
     * Another browser with the cookies of this one, which keeps them whatever this one does: for two threads, and for
     * cookies that the server would have taken back.
     */
    public Browser copy() {
        return new Browser(http, cookies.copy(), userAgent, address);
    }

    /** Signs in once more in the session that there is (prompt=login). */
    public Tokens signInAgain(App app, SignIn how, String... scopes) {
        return formToSignInAgain(app, scopes)
                .submit(how)
                .orElseThrow(() -> new IllegalStateException("Sign-in of " + how.person() + " refused"));
    }

    /** A form on the screen, not filled in yet. */
    public final class Form {

        private final App app;
        private final Element element;

        private Form(App app, Element element) {
            this.app = app;
            this.element = element;
        }

        /** Fills it in and sends it: tokens, or nothing if that ends at another page. */
        public Optional<Tokens> submit(SignIn how) {
            return submit(element.id().equals("kc-form-login") ? credentials(element, how) : Map.of());
        }

        /** The same with these fields, beside what the form shows already. */
        public Optional<Tokens> submit(Map<String, String> more) {
            Map<String, String> fields = completed(element);
            fields.putAll(more);
            return Browser.this.submit(element, fields, app).code().map(new Backend(app)::exchange);
        }
    }

    /** The login form, shown to somebody who is signed in all the same (prompt=login). */
    public Form formToSignInAgain(App app, String... scopes) {
        Step step = open(authorizationRequest(app, "login", scopes), app);
        return new Form(app, required(step.page().getElementById("kc-form-login"), "login form", step.page()));
    }

    /** The form of an action that an application asks of somebody who is signed in ({@code kc_action}). */
    public Form formOfAction(App app, String action) {
        Step step = open(URI.create(authorizationRequest(app, "") + "&kc_action=" + action), app);
        return new Form(app, required(step.page().selectFirst("form[method=post]"), "form", step.page()));
    }

    /** Logs out as an application sends its users to do it (RP-initiated logout). */
    public void logout(App app, Tokens tokens) {
        open(URI.create(app.endpoint("logout") + "?" + Wire.form(Map.of("id_token_hint", tokens.idToken()))), app);
    }

    /** Has an administrator become this user in this browser; needs the right to impersonate. */
    public void impersonate(AdminClient administrator, String realm, String userId) {
        URI uri = URI.create(
                administrator.server() + "/admin/realms/" + Wire.encode(realm) + "/users/" + userId + "/impersonation");
        HttpResponse<String> response = send(HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + administrator.token())
                .POST(HttpRequest.BodyPublishers.noBody()));
        if (response.statusCode() != 200) {
            throw new UnexpectedStatus(response);
        }
    }

    /** Closes the browser and opens it again: only what remember-me keeps is still there. */
    public void reopen() {
        cookies.dropSessionCookies();
    }

    /** Path and name of each cookie, and its value. */
    public Map<String, String> cookies() {
        return cookies.snapshot();
    }

    static String scope(String... scopes) {
        return ("openid " + String.join(" ", scopes)).trim();
    }

    private static URI authorizationRequest(App app, String prompt, String... scopes) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", app.clientId());
        query.put("redirect_uri", app.redirectUri());
        query.put("scope", scope(scopes));
        query.put("state", UUID.randomUUID().toString());
        if (!prompt.isEmpty()) {
            query.put("prompt", prompt);
        }
        return URI.create(app.endpoint("auth") + "?" + Wire.form(query));
    }

    private static Map<String, String> credentials(Element form, SignIn how) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("username", how.person().username());
        fields.put("password", how.person().password());
        if (how.rememberMe() && form.selectFirst("input[name=rememberMe]") != null) {
            fields.put("rememberMe", "on");
        }
        return fields;
    }

    /** What the form shows already, and something for what it demands. */
    private static Map<String, String> completed(Element form) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Element input : form.select("input[name=username], input[name=email], input[name$=Name]")) {
            String given = input.val();
            fields.put(input.attr("name"), given.isEmpty() ? "unknown" : given);
        }
        return fields;
    }

    private Step submit(Element form, Map<String, String> fields, App app) {
        Map<String, String> all = new LinkedHashMap<>();
        form.select("input[type=hidden][name]").forEach(input -> all.put(input.attr("name"), input.val()));
        all.putAll(fields);
        return follow(
                send(HttpRequest.newBuilder(URI.create(form.absUrl("action")))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(Wire.form(all)))),
                app);
    }

    /** Opens an address with the browser's cookies and returns the page that it ends at, as HTML. */
    public String page(URI uri, App app) {
        return open(uri, app).page().outerHtml();
    }

    private Step open(URI uri, App app) {
        return follow(send(HttpRequest.newBuilder(uri)), app);
    }

    private Step follow(HttpResponse<String> first, App app) {
        HttpResponse<String> response = first;
        for (int i = 0; i < MAX_STEPS; i++) {
            Optional<String> location = response.headers().firstValue("Location");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                if (response.statusCode() >= 400) {
                    throw new UnexpectedStatus(response);
                }
                return new Step(
                        Optional.empty(),
                        Jsoup.parse(response.body(), response.uri().toString()));
            }
            URI next = response.uri().resolve(location.get());
            if (next.toString().startsWith(app.redirectUri())) {
                return new Step(Optional.of(code(next)), new Document(next.toString()));
            }
            response = send(HttpRequest.newBuilder(next));
        }
        throw new IllegalStateException("Redirected " + MAX_STEPS + " times, last by " + response.uri());
    }

    private static String code(URI redirect) {
        return parameter(redirect, "code")
                .orElseThrow(() -> new IllegalStateException("The application was told: " + redirect));
    }

    private static Optional<String> parameter(URI redirect, String name) {
        String start = name + "=";
        return Stream.of(redirect.getRawQuery().split("&", -1))
                .filter(parameter -> parameter.startsWith(start))
                .map(parameter -> parameter.substring(start.length()))
                .findFirst();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        request.timeout(Wire.TIMEOUT)
                .header("User-Agent", userAgent)
                .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .header("Accept-Language", "en");
        if (!address.isEmpty()) {
            request.header("X-Forwarded-For", address);
        }
        URI uri = request.build().uri();
        String sent = cookies.header(uri);
        if (!sent.isEmpty()) {
            request.header("Cookie", sent);
        }
        HttpResponse<String> response = Wire.send(http, request.build());
        cookies.store(uri, response.headers());
        return response;
    }

    private static Element required(Element element, String what, Document page) {
        if (element == null) {
            throw new IllegalStateException("No " + what + " on " + page.location() + ": " + page.text());
        }
        return element;
    }

    /** Where a request led: back to the application with a code, or to a page. */
    private record Step(Optional<String> code, Document page) {}
}
