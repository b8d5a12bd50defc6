package dev.identities.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.LogLines;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.common.Profile.Feature;
import org.keycloak.common.Version;

class TestedKeycloaksTest {

    private static List<String> check(String version, Feature... features) {
        try (LogLines log = new LogLines("dev.identities.boot")) {
            TestedKeycloaks.check(version, Set.of(features));
            return log.lines();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.5.0", "26.6.4", "26.7.3", "26.7", "26.7.3.redhat-00001", "26.7.0-SNAPSHOT"})
    @DisplayName("nothing is said on any patch of a tested minor")
    void tested(String version) {
        assertThat(check(version, Feature.PERSISTENT_USER_SESSIONS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.4.9", "26.8.0", "26.70.1", "27.5.0", "126.7.0", "999.0.0-SNAPSHOT", "unknown", ""})
    @DisplayName("one warning names an untested version, and the tested ones")
    void untested(String version) {
        assertThat(check(version)).singleElement().satisfies(line -> assertThat(line)
                .startsWith("WARN ")
                .contains("26.5, 26.6, 26.7, and not on " + version + ":"));
    }

    @Test
    @DisplayName("the version that this is built for is a tested one")
    void built() {
        assertThat(Version.VERSION).startsWith("26.");
        assertThat(check(Version.VERSION)).isEmpty();
    }

    @Test
    @DisplayName("one warning names the features with which sessions are where nobody has tried it; of others none")
    void features() {
        assertThat(check(Version.VERSION, Feature.STATELESS, Feature.PERSISTENT_USER_SESSIONS))
                .isEmpty();
        assertThat(check(Version.VERSION, Feature.MULTI_SITE, Feature.STATELESS, Feature.CLUSTERLESS))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("WARN ")
                        .contains("not tested with the feature clusterless, multi-site,"));
    }

    @Test
    @DisplayName("an error says where sessions cannot be listed: Keycloak 26.5 without persistent user sessions")
    void withoutStreams() {
        assertThat(check("26.5.7")).singleElement().satisfies(line -> assertThat(line)
                .startsWith("ERROR ")
                .contains("26.5.7", "persistent-user-sessions"));
        assertThat(check("26.6.4")).isEmpty();
    }
}
