package dev.identities.keycloak.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.keycloak.StandIn;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

class UserKeyListenerTest {

    private final Map<String, String> attributes = new HashMap<>();
    private final StandIn<KeycloakSession> session = new StandIn<>(KeycloakSession.class);
    private final StandIn<RealmModel> realm =
            new StandIn<>(RealmModel.class).on("getAttribute", arguments -> attributes.get(arguments[0]));
    private final StandIn<UserModel> user = new StandIn<>(UserModel.class).on("getUsername", "ann");
    private final StandIn<UserProvider> users =
            new StandIn<>(UserProvider.class).on("getUserById", arguments -> user.get());

    @BeforeEach
    void realm() {
        session.on(
                        "realms",
                        new StandIn<>(RealmProvider.class)
                                .on("getRealm", realm.get())
                                .get())
                .on("users", users.get());
    }

    private void happens(EventType type) {
        Event event = new Event();
        event.setType(type);
        event.setRealmId("acme");
        event.setUserId("u1");
        new UserKeyListener(session.get()).onEvent(event);
    }

    @ParameterizedTest
    @DisplayName("a sign-in in a realm that does not hash keys costs one look at the realm, and none at the user")
    @EnumSource(names = {"LOGIN", "IMPERSONATE"})
    void off(EventType type) {
        happens(type);
        assertThat(session.calls()).containsExactly("realms");
        assertThat(realm.calls()).isNotEmpty().allMatch("getAttribute"::equals);
        assertThat(users.calls()).isEmpty();
        assertThat(user.calls()).isEmpty();
    }

    @Test
    @DisplayName("events that can have changed no key cost nothing at all")
    void others() {
        attributes.put("identities.hash-user-key", "sha-256");
        for (EventType type : EventType.values()) {
            if (!type.name().matches("LOGIN|IMPERSONATE|UPDATE_PROFILE|UPDATE_EMAIL")) {
                happens(type);
            }
        }
        assertThat(session.calls()).isEmpty();
    }

    @Test
    @DisplayName("a sign-in in a realm that hashes keys keeps the hash")
    void on() {
        attributes.put("identities.hash-user-key", "sha-256");
        happens(EventType.LOGIN);
        assertThat(users.calls()).containsExactly("getUserById");
        assertThat(user.calls()).contains("setAttribute");
    }

    @Test
    @DisplayName("switched off, a change of the user takes away the hash that was kept")
    void changed() {
        user.on("getAttributeStream", arguments -> Stream.of("hash"));
        happens(EventType.UPDATE_PROFILE);
        assertThat(user.calls()).contains("removeAttribute");
    }
}
