package dev.identities.keycloak.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollationTest {

    @ParameterizedTest
    @CsvSource({
        "H2, BYTES",
        "PostgreSQL, LANGUAGE",
        "MySQL, LOOSE",
        "MariaDB, LOOSE",
        "Oracle, BYTES",
        "Microsoft SQL Server, BYTES"
    })
    @DisplayName("the collation follows the name of the database; an unknown one counts as ordering by bytes")
    void byProduct(String product, Collation collation) {
        assertThat(Collation.of(product)).isEqualTo(collation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BYTES    | s.id                          | s.id                          | s.id",
                "LANGUAGE | sql('? collate \"C\"', s.id)    | s.id                          | s.id",
                "LOOSE    | sql('cast(? as binary)', s.id) | sql('cast(? as binary)', s.id) | s.id, sql('cast(? as binary)', s.id)"
            })
    @DisplayName("an expression is changed only as far as the database needs it, so that indexes stay of use")
    void expressions(Collation collation, String ordered, String distinct, String group) {
        assertThat(collation.ordered("s.id")).isEqualTo(ordered);
        assertThat(collation.distinct("s.id")).isEqualTo(distinct);
        assertThat(collation.group("s.id")).isEqualTo(group);
    }
}
