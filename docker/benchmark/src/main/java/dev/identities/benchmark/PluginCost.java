package dev.identities.benchmark;

import dev.identities.benchmark.Results.Figure;
import dev.identities.testbed.Progress;
import java.sql.SQLException;
import java.util.Map;

/** The cost of the plugin for requests that do not use it. Compares a server with it to one without. */
final class PluginCost {

    static final String SIGN_IN = "sign-in";
    static final String REFRESH = "token refresh";

    /**
     * With the usual hundred rounds 2,000 sign-ins at each server. The JVM's second compiler takes what was called
     * 5,000 times, and a sign-in is several requests. With fewer it would be the compilers that are measured.
     */
    private static final int SIGN_INS_WARM_UP = 20;

    /** 5,000 of them: a refresh is one request. */
    private static final int REFRESHES_WARM_UP = 50;

    /** Two or three per cent are to be told from none, where one request differs from the next by a third. */
    private static final int SIGN_INS = 20;

    private static final int REFRESHES = 50;

    private final Kit kit;
    private final int rounds;

    /** All numbers of requests are in such rounds. */
    PluginCost(Kit kit, int rounds) {
        this.kit = kit;
        this.rounds = rounds;
    }

    /** The row that another one is compared with. */
    static String without(String request) {
        return request + ", without the plugin";
    }

    /** Both are new, and get the same requests from their first on: neither has compiled more than the other. */
    Map<String, Figure> measure() throws SQLException {
        try (Twin plugged = new Twin(kit::withPlugin);
                Twin stock = new Twin(kit::withoutPlugin)) {
            Progress.say("Signing in with and without the plugin");
            Map<String, Figure> figures =
                    compare(SIGN_IN, plugged.visitors()::signIn, stock.visitors()::signIn, SIGN_INS_WARM_UP, SIGN_INS);
            Progress.say("Refreshing tokens with and without the plugin");
            figures.putAll(compare(
                    REFRESH,
                    plugged.visitors().refreshing(),
                    stock.visitors().refreshing(),
                    REFRESHES_WARM_UP,
                    REFRESHES));
            if (plugged.sessions() != stock.sessions()) {
                throw new IllegalStateException(
                        "No twins: %d and %d sessions".formatted(plugged.sessions(), stock.sessions()));
            }
            return figures;
        }
    }

    private Map<String, Figure> compare(String request, Runnable plugged, Runnable stock, int warmUp, int times) {
        return new Contest()
                .enter(request, plugged)
                .enter(without(request), stock)
                .run(warmUp * rounds, times * rounds);
    }
}
