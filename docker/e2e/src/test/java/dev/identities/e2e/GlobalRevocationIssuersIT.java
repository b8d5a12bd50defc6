package dev.identities.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.identities.testbed.App;
import dev.identities.testbed.Backend;
import dev.identities.testbed.KeycloakServer.Credentials;
import dev.identities.testbed.Realm;
import dev.identities.testbed.Testbed;
import dev.identities.testbed.Tokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Global Token Revocation by an identity provider whose setting lists several issuers, or that came with an imported
 * realm; and the audit of refusals.
 */
class GlobalRevocationIssuersIT {

    private static final String REALM = "gtr-issuers";
    private static final String OLD = "https://old.idp.example";

    private static Realm realm;
    private static ProviderKey key;
    private static App wiki;
    private static Http endpoint;
    private static String issuer;

    @BeforeAll
    static void realm() {
        Realm partner = Testbed.realm("gtr-issuers-partner");
        key = ProviderKey.added(partner, 1000);
        issuer = Testbed.server().url() + "/realms/gtr-issuers-partner";
        realm = Testbed.realm(REALM);
        realm.identityProvider(
                "partner",
                partner,
                Map.of("identities.global-token-revocation", "true", "issuer", OLD + " , " + issuer));
        wiki = realm.client("wiki");
        endpoint = Http.at(Testbed.server().url(), REALM, "/app");
        addIris(realm);
    }

    private static void addIris(Realm of) {
        of.admin()
                .post(
                        of.path("/users/" + of.user("iris", "iris") + "/federated-identity/partner"),
                        Map.of("identityProvider", "partner", "userId", "at-iris", "userName", "at-iris"));
    }

    private static Tokens signIn() {
        return new Backend(wiki).directGrant(new Credentials("iris", "iris"));
    }

    private static Http.Answer call(String iss, String named) {
        String token = key.revocation(iss, "broker-" + REALM, endpoint.base() + "/global-token-revocation", all -> {});
        return endpoint.with("Authorization", "Bearer " + token)
                .postJson("/global-token-revocation", issuerAndSubject(named));
    }

    private static String issuerAndSubject(String iss) {
        return Http.json(Map.of("sub_id", Map.of("format", "iss_sub", "iss", iss, "sub", "at-iris")));
    }

    @Test
    @DisplayName("a provider is known by each of its issuers, and by no part or whole of the list")
    void eachIssuer() {
        Tokens tokens = signIn();
        for (String wrong : new String[] {OLD + " , " + issuer, OLD + "/", "https://old", issuer.substring(1)}) {
            assertThat(call(wrong, wrong).status()).as(wrong).isEqualTo(401);
        }
        assertThat(new Backend(wiki).access(tokens).alive()).isTrue();
        for (String known : new String[] {OLD, issuer}) {
            Tokens ending = signIn();
            assertThat(call(known, known).status()).as(known).isEqualTo(204);
            assertThat(new Backend(wiki).access(ending).lost()).isTrue();
        }
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
    }

    @Test
    @DisplayName("a provider that comes with an imported realm is switched on by its config, and off without it")
    void imported() {
        for (boolean on : new boolean[] {true, false}) {
            ObjectNode provider = (ObjectNode) realm.admin().get(realm.path("/identity-provider/instances/partner"));
            provider.remove("internalId");
            ObjectNode config = provider.withObjectProperty("config").put("issuer", issuer);
            if (!on) {
                config.remove("identities.global-token-revocation");
            }
            Realm imported =
                    Realm.create(Testbed.admin(), "gtr-imported", Map.of("identityProviders", List.of(provider)));
            addIris(imported);
            App mail = imported.client("mail");
            Tokens tokens = new Backend(mail).directGrant(new Credentials("iris", "iris"));
            Http there = Http.at(Testbed.server().url(), "gtr-imported", "/app");
            String token =
                    key.revocation(issuer, "broker-" + REALM, there.base() + "/global-token-revocation", all -> {});

            Http.Answer answer = there.with("Authorization", "Bearer " + token)
                    .postJson("/global-token-revocation", issuerAndSubject(issuer));

            GlobalRevocationIT.assertStatus(answer, on ? 204 : 403);
            Backend.Access access = new Backend(mail).access(tokens);
            assertThat(on ? access.lost() : access.alive())
                    .as(access.toString())
                    .isTrue();
        }
    }

    @Test
    @DisplayName("an OAuth client names a person by each issuer of the provider")
    void client() {
        App desk = realm.helpDesk("desk");
        Tokens tokens = signIn();
        assertThat(endpoint.with("Authorization", Http.basic(desk.clientId(), desk.secret()))
                        .postJson("/global-token-revocation", issuerAndSubject(OLD))
                        .status())
                .isEqualTo(204);
        assertThat(new Backend(wiki).access(tokens).lost()).isTrue();
    }

    @Test
    @DisplayName("each refused call is a line of the audit with a reason, and without anything of the token")
    void audit() {
        String nobody = "https://nobody.idp.example";
        assertThat(call(nobody, nobody).status()).isEqualTo(401);
        String forged = new ProviderKey(ProviderKey.newPair(), key.kid())
                .revocation(issuer, "broker-" + REALM, endpoint.base() + "/global-token-revocation", all -> {});
        assertThat(endpoint.with("Authorization", "Bearer " + forged)
                        .postJson("/global-token-revocation", issuerAndSubject(issuer))
                        .status())
                .isEqualTo(401);
        assertThat(endpoint.with("Authorization", "Bearer x")
                        .postJson("/global-token-revocation", "{}")
                        .status())
                .isEqualTo(401);
        String good =
                key.revocation(issuer, "broker-" + REALM, endpoint.base() + "/global-token-revocation", all -> {});
        Http provider = endpoint.with("Authorization", "Bearer " + good);
        assertThat(provider.postJson("/global-token-revocation", "{}").status()).isEqualTo(400);
        assertThat(provider.postJson("/global-token-revocation", "{}").status()).isEqualTo(401);

        String log = Testbed.server().log();
        assertThat(log)
                .contains(line("caller=- answer=401 reason=unknown_issuer"))
                .contains(line("caller=- answer=401 reason=wrong_signature"))
                .contains(line("caller=- answer=401 reason=no_signed_jwt"))
                .contains(line("identity_provider=\"partner\" answer=400 reason=invalid_request"))
                .contains(line("caller=- answer=401 reason=used_before"))
                .doesNotContain(nobody, good, forged);
    }

    private static String line(String refusal) {
        return "event=GLOBAL_TOKEN_REVOCATION_REFUSED status=failure realm=\"" + REALM + "\" " + refusal
                + " ip=\"127.0.0.1\"";
    }
}
