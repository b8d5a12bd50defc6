package dev.identities.benchmark;

import dev.identities.testbed.AdminClient;
import dev.identities.testbed.Database;
import dev.identities.testbed.DistributionServer;
import java.sql.SQLException;
import java.util.function.Function;

/** A Keycloak with a database of its own and the same in it as its twin has: what differs between them is the plugin. */
final class Twin implements AutoCloseable {

    /**
     * Neither a sign-in nor a refresh reads more rows in a larger realm, and a small one is there twice in seconds. What
     * the plugin adds weighs the more, the less the rest costs.
     */
    static final int SESSIONS = 10_000;

    private final Database database = Kit.database();
    private final DistributionServer server;
    private final Sql sql;
    private final Seed seed;
    private final Visitors visitors;

    /** Starts it as the kit says. */
    Twin(Function<Database, DistributionServer> kit) throws SQLException {
        server = kit.apply(database);
        sql = new Sql(database);
        AdminClient admin = new AdminClient(server);
        Company company = Company.create(admin, "twin", Company.partner(admin));
        seed = new Seed(sql, company);
        seed.everybody(SESSIONS);
        visitors = new Visitors(company, seed);
        sql.settle();
    }

    Visitors visitors() {
        return visitors;
    }

    /** How many there are by now in its realm: seeded ones, and those of the sign-ins. */
    long sessions() throws SQLException {
        return seed.live();
    }

    @Override
    public void close() throws SQLException {
        sql.close();
        server.close();
        database.close();
    }
}
