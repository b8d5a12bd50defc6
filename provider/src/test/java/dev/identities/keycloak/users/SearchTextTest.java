package dev.identities.keycloak.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.keycloak.StandIn;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.UserModel;

class SearchTextTest {

    private static final UserModel TESS = new StandIn<>(UserModel.class)
            .on("getUsername", "tess.m")
            .on("getEmail", "tess@partner.example")
            .on("getFirstName", "Tess")
            .on("getLastName", "Müller-Lüdenscheidt")
            .get();

    @ParameterizedTest
    @DisplayName("words begin, asterisks stand for any text, quotation marks for the whole; all words must be found")
    @ValueSource(
            strings = {
                "tess",
                "TESS",
                " tess ",
                "tess.m",
                "tess@",
                "mü",
                "tess mül",
                "mül tess@partner.example",
                "*",
                "*üden",
                "t*s.m",
                "*@*example",
                "tess*",
                "*s*s*",
                "\"tess\"",
                "\"tess.m\"",
                "\"müller-lüdenscheidt\"",
                "tess **"
            })
    void found(String text) {
        assertThat(SearchText.of(text).matches(TESS)).isTrue();
    }

    @ParameterizedTest
    @DisplayName("a word that is in none of the four is not found, nor one in the middle without an asterisk")
    @ValueSource(
            strings = {"ess", "tess bo", "tessa", "*q*", "t*q", "\"tes\"", "te_s", "te%", "s*s*s*s", "\"", "partner"})
    void notFound(String text) {
        assertThat(SearchText.of(text).matches(TESS)).isFalse();
    }
}
