package dev.identities.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {

    @ParameterizedTest
    @DisplayName("a literal segment is compared, a variable takes any text, and the number of segments counts")
    @CsvSource({
        "'', '', true",
        "'', a, false",
        "/users, users, true",
        "/users, Users, false",
        "/users, users|, false",
        "/users, '', false",
        "/users/{id}, users|x, true",
        "/users/{id}, users|, true",
        "/users/{id}, users|a/b, true",
        "/users/{id}, users|{id}, true",
        "/users/{id}, users, false",
        "/users/{id}, users|x|y, false",
        "/users/{id}/sessions, users|x|sessions, true",
        "/users/{id}/sessions, users|x|session, false",
        "/users?user_key, users, true"
    })
    void matches(String pattern, String segments, boolean matches) {
        List<String> path = segments.isEmpty() ? List.of() : Arrays.asList(segments.split("\\|", -1));
        assertThat(PathPattern.parse(pattern).matches(path)).isEqualTo(matches);
    }

    @Test
    @DisplayName("variables come by name, in the order of the path")
    void variables() {
        assertThat(PathPattern.parse("/a/{one}/b/{two}").variables(List.of("a", "1", "b", "")))
                .containsExactly(entry("one", "1"), entry("two", ""));
    }

    @Test
    @DisplayName("parameters that choose the route stand behind a question mark")
    void selectors() {
        assertThat(PathPattern.parse("/users").selectors()).isEmpty();
        assertThat(PathPattern.parse("/users?user_key").selectors()).containsExactly("user_key");
        assertThat(PathPattern.parse("/users?a&b").selectors()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    @DisplayName("a path starts with a slash, or is empty")
    void malformed() {
        assertThatThrownBy(() -> PathPattern.parse("users")).isInstanceOf(IllegalArgumentException.class);
    }
}
