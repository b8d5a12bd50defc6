package dev.identities.finality;

import dev.identities.finality.History.Promise;
import dev.identities.finality.Site.Person;
import dev.identities.finality.Site.Session;
import dev.identities.testbed.KeycloakServer;
import dev.identities.testbed.KeycloakServer.Options;
import dev.identities.testbed.Testbed;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A session that we end is over for every request that starts after our answer. */
@ParameterizedClass(name = "session caches: {0}")
@EnumSource(Caches.class)
class FinalityIT {

    private static KeycloakServer own;
    private static Person victim;
    private static Session other;

    private final int rounds;
    private final Caches caches;

    FinalityIT(Caches caches) {
        this.caches = caches;
        this.rounds = caches == Caches.NORMAL ? 6 : 3;
    }

    @BeforeParameterizedClassInvocation
    static void server(Caches caches) {
        own = caches == Caches.NORMAL
                ? null
                : Testbed.start("small-caches", caches.of(Testbed.onDatabase(Options.of(Testbed.providerJar()))));
        Site site = Site.create(own == null ? Testbed.server() : own, "finality");
        victim = site.person("victim");
        other = site.person("other").signIn(0);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        if (own != null) {
            own.close();
        }
    }

    @ParameterizedTest
    @EnumSource(OurCall.class)
    @DisplayName("no request that starts after the answer has access, and none has when all is quiet")
    void history(OurCall call) {
        Rounds.play(call + ", session caches " + caches, rounds, round -> {
            Session session = victim.signIn(0);
            return History.of(session, other, Promise.FROM_THE_ANSWER, call.ending(session, 0));
        });
    }
}
