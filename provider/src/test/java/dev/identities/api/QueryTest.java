package dev.identities.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    @ParameterizedTest
    @DisplayName("no query, an empty one, and nothing but separators have no parameter")
    @NullAndEmptySource
    @ValueSource(strings = {"&", "&&"})
    void none(String raw) throws MalformedRequestException {
        assertThat(Query.parse(raw)).isEqualTo(Query.NONE);
    }

    @Test
    @DisplayName("names and values are decoded, and cut at the first equals sign")
    void decoded() throws MalformedRequestException {
        Query query = Query.parse("user%5Fkey=jane%40x+y&b=c=d&empty=&bare&&=noName");
        assertThat(query.first("user_key")).contains("jane@x y");
        assertThat(query.first("b")).contains("c=d");
        assertThat(query.first("empty")).contains("");
        assertThat(query.first("bare")).contains("");
        assertThat(query.first("")).contains("noName");
        assertThat(query.first("none")).isEmpty();
    }

    @Test
    @DisplayName("an encoded separator belongs to the value")
    void encodedSeparators() throws MalformedRequestException {
        assertThat(Query.parse("a=b%26c%3Dd").parameters()).containsOnlyKeys("a");
        assertThat(Query.parse("a=b%26c%3Dd").first("a")).contains("b&c=d");
    }

    @Test
    @DisplayName("all values of a repeated parameter are kept, and it is noticed, however it is spelled")
    void repeated() throws MalformedRequestException {
        Query query = Query.parse("x=0&limit=1&limi%74=2");
        assertThat(query.repeated()).contains("limit");
        assertThat(query.parameters()).containsEntry("limit", List.of("1", "2"));
        assertThat(query.first("limit")).contains("1");
        assertThat(Query.parse("limit=1&Limit=2").repeated()).isEmpty();
    }

    @Test
    @DisplayName("a parameter outside the known ones is noticed")
    void unknown() throws MalformedRequestException {
        Query query = Query.parse("limit=1&filter=x");
        assertThat(query.unknown(Set.of("limit"))).contains("filter");
        assertThat(query.unknown(Set.of("limit", "filter"))).isEmpty();
        assertThat(query.unknown(Set.of("limit", "FILTER"))).contains("filter");
    }

    @ParameterizedTest
    @DisplayName("text that cannot be decoded is refused, in a name and in a value")
    @ValueSource(strings = {"a=%", "%=a", "a=%ff", "%ff", "a=%00", "a%0Ab=c", "ok=1&a=%4"})
    void malformed(String raw) {
        assertThatThrownBy(() -> Query.parse(raw)).isInstanceOf(MalformedRequestException.class);
    }
}
