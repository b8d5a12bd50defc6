package dev.identities.benchmark;

import dev.identities.testbed.AdminClient;
import dev.identities.testbed.App;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A realm with two applications, an identity provider, and a program that may see and end everything. */
final class Company {

    static final String PASSWORD = "benchmark-password";
    static final String IDENTITY_PROVIDER = "partner";

    /** Whose account and sessions are copied. */
    static final String TEMPLATE = "template";

    /** The same of the identity provider's people. */
    static final String PARTNER_TEMPLATE = "template-at-partner";

    /** Long enough that nothing expires while it is measured. */
    private static final long LIFESPAN = Duration.ofDays(60).toSeconds();

    private static final List<String> BROWSERS = List.of(
            Browser.DESKTOP,
            Browser.PHONE,
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:127.0) Gecko/20100101 Firefox/127.0",
            "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36");

    private final Realm realm;
    private final App wiki;
    private final App mail;
    private final App program;

    private Company(Realm realm) {
        this.realm = realm;
        this.wiki = realm.client("wiki");
        this.mail = realm.client("mail");
        this.program = realm.client("siem", Map.of("attributes", Map.of("identities.session-management-api", "true")));
    }

    /** The identity provider's realm. */
    static Realm partner(AdminClient admin) {
        Realm partner = Realm.create(admin, IDENTITY_PROVIDER, Map.of());
        partner.user(PARTNER_TEMPLATE, PASSWORD);
        return partner;
    }

    static Company create(AdminClient admin, String name, Realm partner) {
        Realm realm = Realm.create(
                admin,
                name,
                Map.of(
                        "eventsEnabled",
                        false,
                        "adminEventsEnabled",
                        false,
                        "ssoSessionIdleTimeout",
                        LIFESPAN,
                        "ssoSessionMaxLifespan",
                        LIFESPAN,
                        "offlineSessionIdleTimeout",
                        LIFESPAN));
        Company company = new Company(realm);
        realm.grantManagement(
                realm.serviceAccount(company.program), "view-users", "manage-users", "view-clients", "view-realm");
        realm.identityProvider(IDENTITY_PROVIDER, partner, Map.of());
        realm.user(TEMPLATE, PASSWORD);
        return company;
    }

    Realm realm() {
        return realm;
    }

    /** Who calls the plugin. */
    App program() {
        return program;
    }

    App wiki() {
        return wiki;
    }

    /** How a session came about, each in its own browser and from its own address. */
    enum Kind {
        PLAIN,
        REMEMBERED,
        OFFLINE,
        BROKERED
    }

    /** A session that is really there. */
    record Sample(Kind kind, int browser, String address, String sid) {}

    /** Signs in through Keycloak's pages in every way, with every browser: each reaches both applications. */
    List<Sample> signIns() {
        List<Sample> samples = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int browser = 0; browser < BROWSERS.size(); browser++) {
                String address = "203.0.113." + (100 + samples.size());
                String sid = signIn(kind, new Browser(BROWSERS.get(browser), address));
                samples.add(new Sample(kind, browser, address, sid));
            }
        }
        return samples;
    }

    private String signIn(Kind kind, Browser browser) {
        SignIn how = SignIn.as(TEMPLATE, PASSWORD);
        Tokens tokens =
                switch (kind) {
                    case PLAIN, OFFLINE -> browser.signIn(wiki, how);
                    case REMEMBERED -> browser.signIn(wiki, how.remembered());
                    case BROKERED ->
                        browser.signIn(
                                wiki, SignIn.as(PARTNER_TEMPLATE, PASSWORD).through(IDENTITY_PROVIDER));
                };
        if (kind == Kind.OFFLINE) {
            visit(browser, wiki, "offline_access");
            visit(browser, mail, "offline_access");
        } else {
            visit(browser, mail);
        }
        return tokens.sessionId();
    }

    private static void visit(Browser browser, App app, String... scopes) {
        if (browser.visit(app, scopes).isEmpty()) {
            throw new IllegalStateException("No single sign-on to " + app);
        }
    }

    static int browsers() {
        return BROWSERS.size();
    }
}
