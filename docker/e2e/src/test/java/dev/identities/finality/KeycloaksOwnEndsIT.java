package dev.identities.finality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.finality.Site.Session;
import dev.identities.testbed.Testbed;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session that Keycloak ends is over when all has been quiet for a second. */
class KeycloaksOwnEndsIT {

    private static final int ROUNDS = 3;

    private static OwnEnds ends;

    @BeforeAll
    static void realms() {
        ends = OwnEnds.create(Site.create(Testbed.server(), "own-ends"), Testbed.realm(OwnEnds.PARTNER));
    }

    @ParameterizedTest
    @EnumSource(KeycloaksEnd.class)
    @DisplayName("a session that nobody uses is over when Keycloak has ended it")
    void unused(KeycloaksEnd end) {
        Session session = ends.signIn(end);

        end.of(session).run();

        assertThat(History.accesses(session, Set.of(session.tokens()), 0)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(KeycloaksEnd.class)
    @DisplayName("nothing of a session that many use works when all has been quiet for a second")
    void history(KeycloaksEnd end) {
        ends.play(end, ROUNDS);
    }
}
