package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PingFederate's members of the discovery documents. */
class DiscoveryIT {

    private static final String SRIS = "ping_session_management_sris_endpoint";
    private static final String USERS = "ping_session_management_users_endpoint";
    private static final String LIST = "ping_revoked_sris_endpoint";

    private static final String OPENID = "/realms/discovery/.well-known/openid-configuration";
    private static final String OAUTH = "/realms/discovery/.well-known/oauth-authorization-server";
    private static final String OAUTH_AT_ROOT = "/.well-known/oauth-authorization-server/realms/discovery";

    private static Realm realm;

    @BeforeAll
    static void realm() {
        realm = Testbed.realm("discovery");
    }

    @AfterEach
    void defaults() {
        for (String setting :
                List.of("frontendUrl", "identities.session-management-api", "identities.session-revocation-api")) {
            realm.attribute(setting, null);
        }
    }

    private static JsonNode document(String path) {
        Http.Answer answer = root().get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        return answer.json();
    }

    private static Http root() {
        return new Http(Http.PLAIN, Testbed.server().url(), Map.of());
    }

    private static void assertMembers(JsonNode document, String issuer) {
        String base = issuer + "/pf-ws/rest/sessionMgmt/";
        assertThat(document.get("issuer").asText()).isEqualTo(issuer);
        assertThat(document.path(SRIS).asText()).isEqualTo(base + "sessions");
        assertThat(document.path(USERS).asText()).isEqualTo(base + "users");
        assertThat(document.path(LIST).asText()).isEqualTo(base + "revokedSris");
    }

    @ParameterizedTest
    @Tag("container-smoke")
    @ValueSource(strings = {OPENID, OAUTH, OAUTH_AT_ROOT})
    @DisplayName("three members in every document that the realm offers, below its issuer; there the API answers")
    void members(String path) {
        JsonNode document = document(path);

        assertMembers(document, Testbed.server().url() + "/realms/discovery");
        for (String member : List.of(SRIS, USERS, LIST)) {
            Http.Answer answer =
                    new Http(Http.PLAIN, URI.create(document.get(member).asText()), Map.of()).get("/x");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.json().get("resultId").asText()).isEqualTo("invalid_client");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {OPENID, OAUTH, OAUTH_AT_ROOT})
    @DisplayName("they follow the realm's own address, as all others do")
    void frontendUrl(String path) {
        realm.attribute("frontendUrl", "https://sso.example.com/auth");

        JsonNode document = document(path);

        assertMembers(document, "https://sso.example.com/auth/realms/discovery");
        assertThat(document.get("authorization_endpoint").asText())
                .startsWith("https://sso.example.com/auth/realms/discovery/");
    }

    @ParameterizedTest
    @ValueSource(strings = {OPENID, OAUTH, OAUTH_AT_ROOT})
    @DisplayName("a member that the realm switched off is missing, and no other")
    void switches(String path) {
        ObjectNode all = (ObjectNode) document(path);
        realm.attribute("identities.session-management-api", "false");
        assertThat(document(path)).isEqualTo(all.deepCopy().without(List.of(SRIS, USERS)));
        realm.attribute("identities.session-revocation-api", "false");
        assertThat(document(path)).isEqualTo(all.deepCopy().without(List.of(SRIS, USERS, LIST)));
        realm.attribute("identities.session-management-api", null);
        assertThat(document(path)).isEqualTo(all.deepCopy().without(List.of(LIST)));
    }

    @Test
    @DisplayName("Keycloak's own members and statuses are as they were")
    void stock() {
        String endpoints = Testbed.server().url() + "/realms/discovery/protocol/openid-connect/";
        for (String path : List.of(OPENID, OAUTH, OAUTH_AT_ROOT)) {
            JsonNode document = document(path);
            Map.of(
                            "authorization_endpoint", "auth",
                            "token_endpoint", "token",
                            "introspection_endpoint", "token/introspect",
                            "userinfo_endpoint", "userinfo",
                            "end_session_endpoint", "logout",
                            "jwks_uri", "certs",
                            "revocation_endpoint", "revoke",
                            "device_authorization_endpoint", "auth/device")
                    .forEach((member, below) -> assertThat(document.path(member).asText())
                            .as(member)
                            .isEqualTo(endpoints + below));
            for (String member : List.of(
                    "grant_types_supported",
                    "response_types_supported",
                    "subject_types_supported",
                    "scopes_supported",
                    "claims_supported",
                    "code_challenge_methods_supported",
                    "token_endpoint_auth_methods_supported",
                    "id_token_signing_alg_values_supported",
                    "mtls_endpoint_aliases")) {
                assertThat(document.path(member)).as(member).isNotEmpty();
            }
            assertThat(document.get("backchannel_logout_supported").asBoolean()).isTrue();
        }
        assertThat(root().get("/.well-known/openid-configuration/realms/discovery")
                        .status())
                .isEqualTo(404);
        assertThat(root().get("/realms/discovery/.well-known/nothing").status()).isEqualTo(404);
        assertThat(root().get("/realms/nowhere/.well-known/openid-configuration")
                        .status())
                .isEqualTo(404);
        Http.Answer anywhere = root().with("Origin", "https://app.example").get(OPENID);
        assertThat(anywhere.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        assertThat(anywhere.header("Cache-Control")).contains("no-cache");
    }
}
