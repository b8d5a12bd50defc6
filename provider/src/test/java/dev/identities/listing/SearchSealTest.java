package dev.identities.listing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SearchSealTest {

    private final FakeSeal seal = new FakeSeal();
    private final SearchSeal jane = new SearchSeal(seal, "jane");

    @Test
    @DisplayName("a cursor opens for the text that it was sealed for, and for no other")
    void text() {
        String sealed = jane.seal("off_7");
        assertThat(jane.open(sealed)).contains("off_7");
        assertThat(new SearchSeal(seal, "jane").open(sealed)).contains("off_7");
        assertThat(new SearchSeal(seal, "Jane").open(sealed)).isEmpty();
        assertThat(new SearchSeal(seal, "john").open(sealed)).isEmpty();
    }

    @Test
    @DisplayName("what was sealed for no search does not open, nor does what was not sealed")
    void other() {
        assertThat(jane.open(seal.seal("off_7"))).isEmpty();
        assertThat(jane.open("off_7")).isEmpty();
    }
}
