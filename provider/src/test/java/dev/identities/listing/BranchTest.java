package dev.identities.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.session.RememberMe;
import dev.identities.session.SessionKind;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BranchTest {

    @Test
    @DisplayName("the order of the branches never changes: it is part of ids that clients hold")
    void pinned() {
        assertThat(Branch.ALL)
                .extracting(branch -> branch.kind() + " " + branch.rememberMe())
                .containsExactly(
                        "ONLINE NO", "ONLINE YES", "ONLINE UNKNOWN", "OFFLINE NO", "OFFLINE YES", "OFFLINE UNKNOWN");
    }

    @Test
    @DisplayName("every kind and every remember-me has its branch, so that no session is missing from the list")
    void complete() {
        assertThat(Branch.ALL)
                .containsExactlyInAnyOrderElementsOf(Stream.of(SessionKind.values())
                        .flatMap(kind -> Stream.of(RememberMe.values()).map(flag -> new Branch(kind, flag)))
                        .toList());
    }

    @Test
    @DisplayName("letters fall with the position and lead back to the branch")
    void letters() {
        assertThat(Branch.ALL).extracting(Branch::letter).containsExactly('f', 'e', 'd', 'c', 'b', 'a');
        assertThat(Branch.ALL).allSatisfy(branch -> {
            assertThat(Branch.of(branch.letter())).isEqualTo(branch);
            assertThat(Branch.ALL.get(branch.position())).isEqualTo(branch);
        });
    }
}
