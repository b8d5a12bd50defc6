package dev.identities.finality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.e2e.Http;
import dev.identities.e2e.Http.Answer;
import dev.identities.finality.Site.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The calls of ours that end a session. */
public enum OurCall {
    /** ngrok's API, one session, by Keycloak's id. */
    APP_SESSION(204) {
        @Override
        Supplier<Answer> of(Session session, int node) {
            return () -> session.site().app(node).delete("/sessions/" + session.sid());
        }
    },
    /** The same by the id that the API itself has shown. */
    APP_SESSION_BY_PUBLIC_ID(204) {
        @Override
        Supplier<Answer> of(Session session, int node) {
            Http app = session.site().app(node);
            String id = app.get("/sessions/" + session.sid()).json().get("id").asText();
            return () -> app.delete("/sessions/" + id);
        }
    },
    /** ngrok's API, all of a user. */
    APP_USER(204) {
        @Override
        Supplier<Answer> of(Session session, int node) {
            return () ->
                    session.site().app(node).delete("/users/" + session.person().id());
        }
    },
    /** PingFederate's API, all of a user. */
    PING_USER(200) {
        @Override
        Supplier<Answer> of(Session session, int node) {
            return () ->
                    session.site().ping(node).post("/users/" + session.person().name() + "/revoke");
        }
    },
    /** PingFederate's API, one session. */
    PING_SESSION(200) {
        @Override
        Supplier<Answer> of(Session session, int node) {
            return () -> session.site().ping(node).post("/sessions/" + session.sid() + "/revoke");
        }
    },
    /** PingFederate's API, the last authentication source of a session. */
    PING_LAST_SOURCE(200) {
        @Override
        Supplier<Answer> of(Session session, int node) {
            Http ping = session.site().ping(node);
            String path = "/sessions/" + session.sid();
            List<String> sources = new ArrayList<>();
            ping.get(path)
                    .json()
                    .get("authnSessions")
                    .forEach(source -> sources.add(source.get("id").asText()));
            String last = sources.remove(sources.size() - 1);
            for (String source : sources) {
                assertThat(ping.delete(path + "/authnSessions/" + source).status())
                        .isEqualTo(200);
            }
            return () -> ping.delete(path + "/authnSessions/" + last);
        }
    },
    /** PingFederate's API, the revocation list. */
    PING_LIST(201) {
        @Override
        Supplier<Answer> of(Session session, int node) {
            return () -> session.site().ping(node).postJson("/revokedSris", "{\"id\":\"" + session.sid() + "\"}");
        }
    };

    private final int status;

    OurCall(int status) {
        this.status = status;
    }

    /** Looks up on a node what the call needs; the answer is the call. */
    abstract Supplier<Answer> of(Session session, int node);

    /** The call, which must succeed. */
    public Runnable ending(Session session, int node) {
        Supplier<Answer> call = of(session, node);
        return () -> {
            Answer answer = call.get();
            assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        };
    }
}
