package dev.identities.cluster;

import dev.identities.finality.KeycloaksEnd;
import dev.identities.finality.OwnEnds;
import dev.identities.testbed.AdminClient;
import dev.identities.testbed.Realm;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session is used on both nodes while Keycloak ends it on one: on both it is over when all has been quiet. */
class KeycloaksOwnEndsOnTwoNodesIT {

    private static final int ROUNDS = 1;

    private static OwnEnds ends;

    @BeforeAll
    static void realms() {
        Tenant tenant = Tenant.create(Cluster.shared(), "own-ends-two");
        AdminClient admin = tenant.realm().admin();
        Map<String, ?> address =
                Map.of("attributes", Map.of("frontendUrl", admin.server().toString()));
        ends = OwnEnds.create(tenant.site(), Realm.create(admin, OwnEnds.PARTNER, address));
    }

    @ParameterizedTest
    @EnumSource(KeycloaksEnd.class)
    @DisplayName("nothing of a session that many use works on either node when all has been quiet for a second")
    void history(KeycloaksEnd end) {
        ends.play(end, ROUNDS);
    }
}
