package dev.identities.api.pingfederate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.settings.RealmSettings;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DiscoveryTest {

    private static final String REALM = "https://sso.example.com/auth/realms/a%20b";

    @Test
    @DisplayName("the three endpoints below the realm's own URL, without a slash at the end")
    void everything() {
        assertThat(members(Map.of()))
                .isEqualTo(Map.of(
                        "ping_session_management_users_endpoint",
                        REALM + "/pf-ws/rest/sessionMgmt/users",
                        "ping_session_management_sris_endpoint",
                        REALM + "/pf-ws/rest/sessionMgmt/sessions",
                        "ping_revoked_sris_endpoint",
                        REALM + "/pf-ws/rest/sessionMgmt/revokedSris"));
    }

    @Test
    @DisplayName("what the realm does not offer is not there")
    void switchedOff() {
        assertThat(members(Map.of("identities.session-management-api", "false")))
                .containsOnlyKeys("ping_revoked_sris_endpoint");
        assertThat(members(Map.of("identities.session-revocation-api", "false")))
                .containsOnlyKeys("ping_session_management_users_endpoint", "ping_session_management_sris_endpoint");
        assertThat(members(Map.of(
                        "identities.session-management-api", "false", "identities.session-revocation-api", "false")))
                .isEmpty();
    }

    private static Map<String, String> members(Map<String, String> attributes) {
        return Discovery.members(REALM, RealmSettings.of(attributes::get));
    }
}
