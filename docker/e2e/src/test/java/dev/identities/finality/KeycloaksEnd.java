package dev.identities.finality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.e2e.Http;
import dev.identities.e2e.Http.Answer;
import dev.identities.finality.Site.Session;
import dev.identities.testbed.Browser;
import dev.identities.testbed.Browser.SignIn;
import dev.identities.testbed.Realm;
import java.util.Map;

/** The ways in which Keycloak itself ends a session. */
public enum KeycloaksEnd {
    ADMIN_SESSION {
        @Override
        Runnable of(Session session) {
            Realm realm = session.site().realm();
            return () -> realm.admin().delete(realm.path("/sessions/" + session.sid()));
        }
    },
    ADMIN_USER {
        @Override
        Runnable of(Session session) {
            Realm realm = session.site().realm();
            return () ->
                    realm.admin().post(realm.path("/users/" + session.person().id() + "/logout"), Map.of());
        }
    },
    ACCOUNT {
        @Override
        Runnable of(Session session) {
            Http account = session.site()
                    .at("/account")
                    .with("Authorization", "Bearer " + session.tokens().accessToken())
                    .with("Accept", "application/json");
            return () -> expect(204, account.delete("/sessions/" + session.sid()));
        }
    },
    APPLICATION_BY_REFRESH_TOKEN {
        @Override
        Runnable of(Session session) {
            return () -> session.site().backend(0).logout(session.tokens());
        }
    },
    APPLICATION_BY_BROWSER {
        @Override
        Runnable of(Session session) {
            // The browser of the session is used by a client at the same time.
            Browser browser = session.browser().copy();
            return () -> browser.logout(session.site().wiki(0), session.tokens());
        }
    },
    TOKEN_REVOCATION {
        @Override
        Runnable of(Session session) {
            Http endpoint = session.site()
                    .at("/protocol/openid-connect")
                    .with("Authorization", "Basic " + session.site().wiki().apiKey());
            return () -> expect(
                    200,
                    endpoint.post("/revoke", Map.of("token", session.tokens().refreshToken())));
        }
    },
    PASSWORD_CHANGE {
        @Override
        Runnable of(Session session) {
            String password = session.person().name();
            Browser second = session.person().signIn(0).browser();
            Browser.Form form = second.formOfAction(session.site().wiki(0), "UPDATE_PASSWORD");
            return () -> assertThat(form.submit(
                            Map.of("password-new", password, "password-confirm", password, "logout-sessions", "on")))
                    .isPresent();
        }
    },
    SESSION_LIMIT {
        @Override
        Runnable of(Session session) {
            return () -> session.person().directGrant();
        }
    },
    IDENTITY_PROVIDER {
        @Override
        Runnable of(Session session) {
            Realm partner = Realm.of(session.site().realm().admin(), OwnEnds.PARTNER);
            String there = partner.userId(session.person().name());
            return () -> partner.admin().post(partner.path("/users/" + there + "/logout"), Map.of());
        }

        @Override
        Session signIn(Site.Person person) {
            Browser browser = new Browser(Browser.DESKTOP, "203.0.113.102");
            SignIn how = SignIn.as(person.name(), person.name()).through(OwnEnds.PARTNER);
            return new Session(person, browser, browser.signIn(person.site().wiki(0), how));
        }
    };

    /** Looks up what it needs; the answer ends the session. */
    abstract Runnable of(Session session);

    /** Begins a session that can be ended so. */
    Session signIn(Site.Person person) {
        return person.signIn(0);
    }

    private static void expect(int status, Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    }
}
