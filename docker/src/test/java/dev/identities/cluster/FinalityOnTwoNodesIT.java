package dev.identities.cluster;

import dev.identities.finality.History;
import dev.identities.finality.History.Promise;
import dev.identities.finality.OurCall;
import dev.identities.finality.Rounds;
import dev.identities.finality.Site;
import dev.identities.finality.Site.Session;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session is used on both nodes and ended on one: on both it is over for every request that starts after the answer. */
class FinalityOnTwoNodesIT {

    private static final int ROUNDS = 6;

    private static Site.Person victim;
    private static Session other;

    @BeforeAll
    static void realm() {
        Tenant tenant = Tenant.create(Cluster.shared(), "finality");
        Site site = Site.of(
                tenant.realm(),
                tenant.wiki(),
                tenant.siem(),
                tenant.desk(),
                Arrays.stream(Node.values())
                        .map(node -> tenant.cluster().server(node).url())
                        .toList());
        victim = site.person("victim");
        other = site.person("other").signIn(0);
    }

    @ParameterizedTest
    @EnumSource(OurCall.class)
    @DisplayName("no request that starts after the answer has access on either node, and none has when all is quiet")
    void history(OurCall call) {
        Rounds.play(call + ", two nodes", ROUNDS, round -> {
            // Begun and ended on either node, in all four ways.
            Session session = victim.signIn(round / 2 % 2);
            return History.of(session, other, Promise.FROM_THE_ANSWER, call.ending(session, round % 2));
        });
    }
}
