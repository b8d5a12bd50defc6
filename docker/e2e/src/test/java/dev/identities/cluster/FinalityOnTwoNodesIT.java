package dev.identities.cluster;

import dev.identities.finality.Caches;
import dev.identities.finality.History;
import dev.identities.finality.History.Promise;
import dev.identities.finality.OurCall;
import dev.identities.finality.Rounds;
import dev.identities.finality.Site;
import dev.identities.finality.Site.Session;
import dev.identities.testbed.Database.Vendor;
import dev.identities.testbed.Testbed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A session is used on both nodes and ended on one: on both it is over for every request that starts after the answer.
 *
 * <p>System properties {@code identities.session-caches} and {@code identities.database} play it on a cluster of its own,
 * with other session caches or on another database than the shared one.
 */
class FinalityOnTwoNodesIT {

    private static final int ROUNDS = 4;
    private static final Caches CACHES = Caches.asked();

    private static Cluster own;
    private static Site.Person victim;
    private static Session other;

    @BeforeAll
    static void realm() {
        Vendor vendor = Testbed.database().orElse(Vendor.POSTGRESQL);
        own = vendor == Vendor.POSTGRESQL && CACHES == Caches.NORMAL ? null : Cluster.start("finality", vendor, CACHES);
        Tenant tenant = Tenant.create(own == null ? Cluster.shared() : own, "finality");
        Site site = tenant.site();
        victim = site.person("victim");
        other = site.person("other").signIn(0);
    }

    @AfterAll
    static void stop() {
        if (own != null) {
            own.close();
        }
    }

    @ParameterizedTest
    @EnumSource(OurCall.class)
    @DisplayName("no request that starts after the answer has access on either node, and none has when all is quiet")
    void history(OurCall call) {
        Rounds.play(call + ", two nodes, session caches " + CACHES, ROUNDS, round -> {
            // Begun and ended on either node, in all four ways.
            Session session = victim.signIn(round / 2 % 2);
            return History.of(session, other, Promise.FROM_THE_ANSWER, call.ending(session, round % 2));
        });
    }
}
