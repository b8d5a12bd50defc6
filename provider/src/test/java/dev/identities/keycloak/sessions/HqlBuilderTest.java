package dev.identities.keycloak.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HqlBuilderTest {

    @ParameterizedTest(name = "{0} values, {1} parameters")
    @CsvSource({"1, 1", "2, 2", "3, 4", "4, 4", "5, 8", "100, 128", "101, 128", "128, 128", "129, 256", "512, 512"})
    @DisplayName("a list takes as many parameters as the next power of two, and holds its values and no other")
    void in(int size, int parameters) {
        List<String> values =
                IntStream.range(0, size).mapToObj(number -> "v" + number).toList();
        HqlBuilder hql = new HqlBuilder("where ").in("s.userId", values);
        assertThat(hql.parameters()).hasSize(parameters);
        assertThat(new HashSet<>(hql.parameters().values())).isEqualTo(new HashSet<>(values));
        assertThat(hql.parameters().keySet()).allMatch(name -> hql.text().matches(".*:" + name + "\\b.*"));
    }

    @Test
    @DisplayName("lists of about one length are one and the same query")
    void text() {
        assertThat(new HqlBuilder("where ")
                        .in("s.userId", List.of("a", "b", "c"))
                        .text())
                .isEqualTo("where s.userId in (:in0, :in1, :in2, :in3)")
                .isEqualTo(new HqlBuilder("where ")
                        .in("s.userId", List.of("d", "e", "f", "g"))
                        .text());
    }
}
