package dev.identities.finality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.e2e.Http.Answer;
import dev.identities.finality.Site.Session;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.Backend.Access;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * An application signs out of a session that goes on. Its part of the session has a closed slot from then on, and comes
 * back under the same key: it is answered from the database alone.
 */
class ClosedSlotIT {

    private static Site site;
    private static App mail;

    @BeforeAll
    static void realm() {
        site = Site.create(Testbed.server(), "closed-slots");
        mail = site.realm().client("mail");
        // A refresh token can be used once: what a refresh writes must be found by the next one.
        site.realm().update(Map.of("revokeRefreshToken", true));
    }

    @Test
    @DisplayName("the application comes back into the session, refreshes there, and loses access when the session ends")
    void comesBack() {
        Session session = site.person("jane").signIn(0);
        Backend mails = new Backend(mail);
        Tokens first = session.browser().visit(mail).orElseThrow();
        assertThat(first.sessionId()).isEqualTo(session.sid());

        revokeAtMail(first);
        assertThat(mails.access(first)).matches(Access::lost);
        Tokens other = session.site().backend(0).refreshed(session.tokens());

        Tokens again = session.browser().visit(mail).orElseThrow();
        assertThat(again.sessionId()).isEqualTo(session.sid());
        for (int i = 0; i < 3; i++) {
            again = mails.refreshed(again);
            assertThat(mails.introspect(again)).isTrue();
            assertThat(mails.userinfo(again)).isEqualTo(200);
        }

        OurCall.APP_SESSION.ending(session, 0).run();
        assertThat(mails.access(again).lost()).isTrue();
        assertThat(History.accesses(session, Set.of(other), 0)).isEmpty();
    }

    private static void revokeAtMail(Tokens tokens) {
        Answer revoked = site.at("/protocol/openid-connect")
                .with("Authorization", "Basic " + mail.apiKey())
                .post("/revoke", Map.of("token", tokens.refreshToken()));
        assertThat(revoked.status()).as(revoked.body()).isEqualTo(200);
    }
}
