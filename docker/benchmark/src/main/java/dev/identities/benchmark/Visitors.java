package dev.identities.benchmark;

import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Tokens;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** People who use an application, one after the other; none of them is among those whose sessions are seeded. */
final class Visitors {

    private static final long FIRST = 2_000_001;

    /** So many that the refreshes of a session are seconds apart: its time is kept in seconds, and is to change. */
    private static final int COUNT = 200;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final App app;
    private final Backend backend;
    private final Turn<String> names;

    /** Makes their accounts. */
    Visitors(Company company, Seed seed) throws SQLException {
        seed.users(FIRST, FIRST + COUNT - 1);
        this.app = company.wiki();
        this.backend = new Backend(app);
        this.names = Turn.of(
                LongStream.range(FIRST, FIRST + COUNT).mapToObj(Seed::username).toList());
    }

    /** The next one signs in, complete with the application's call for the tokens. */
    Tokens signIn() {
        Browser browser = new Browser(http, Browser.DESKTOP, "203.0.113.7");
        return backend.exchange(browser.authorize(app, SignIn.as(names.take(), Company.PASSWORD)));
    }

    /** All have signed in; each time the application has the next one's tokens renewed. */
    Runnable refreshing() {
        Turn<Tokens> held = Turn.of(Stream.generate(this::signIn).limit(COUNT).toList());
        return () -> backend.refreshed(held.take());
    }
}
