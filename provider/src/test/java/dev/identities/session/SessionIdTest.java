package dev.identities.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.listing.Branch;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdTest {

    static final List<String> SIDS = List.of(
            "Zk3vQ0aB-_9xYtRqLmNoPw12",
            "0b8a1f6e-6b1c-4f0e-9d3c-2f3a4b5c6d7e",
            "-startsWithAHyphen_abcde",
            "_startsWithAnUnderscore1",
            "f",
            "-",
            "_",
            "ses_0123",
            "z".repeat(36));

    @ParameterizedTest
    @DisplayName("an id is read back as it was written: every branch, any second, any form of Keycloak's id")
    @FieldSource("SIDS")
    void roundTrip(String sid) {
        for (Branch branch : Branch.ALL) {
            for (long second : new long[] {0, 1, SampleSession.SECOND, Integer.MAX_VALUE, 0xffff_ffffL}) {
                SessionId id = new SessionId(second, branch.kind(), branch.rememberMe(), sid);
                assertThat(SessionId.parse(id.toString())).contains(id);
                assertThat(id.toString()).matches("[A-Za-z0-9_-]+");
            }
        }
    }

    @ParameterizedTest
    @DisplayName("the text of each branch is fixed: clients keep ids")
    @CsvSource({
        "ONLINE,  NO,      ses_696adf8bfabc",
        "ONLINE,  YES,     ses_696adf8beabc",
        "ONLINE,  UNKNOWN, ses_696adf8bdabc",
        "OFFLINE, NO,      ses_696adf8bcabc",
        "OFFLINE, YES,     ses_696adf8bbabc",
        "OFFLINE, UNKNOWN, ses_696adf8baabc"
    })
    void pinned(SessionKind kind, RememberMe rememberMe, String text) {
        assertThat(new SessionId(SampleSession.SECOND, kind, rememberMe, "abc")).hasToString(text);
    }

    @Test
    @DisplayName("as texts, ids fall while the list goes on: second by second, and branch by branch inside a second")
    void order() {
        Random random = new Random(1);
        List<SessionId> ids = Stream.generate(() -> {
                    Branch branch = Branch.ALL.get(random.nextInt(Branch.ALL.size()));
                    return new SessionId(
                            SampleSession.SECOND + random.nextInt(4) * 1000L,
                            branch.kind(),
                            branch.rememberMe(),
                            "same");
                })
                .limit(200)
                .toList();
        List<SessionId> asTheListHasThem = ids.stream()
                .sorted(Comparator.comparingLong(SessionId::createdOn)
                        .reversed()
                        .thenComparingInt(id -> Branch.of(id).position()))
                .toList();
        assertThat(ids.stream().map(SessionId::toString).sorted(Comparator.reverseOrder()))
                .containsExactlyElementsOf(
                        asTheListHasThem.stream().map(SessionId::toString).toList());
    }

    @ParameterizedTest
    @DisplayName("any other text is no id")
    @ValueSource(
            strings = {
                "",
                " ",
                "ses_",
                "ses_696adf8b",
                "ses_696adf8bf",
                "SES_696adf8bfabc",
                "ses-696adf8bfabc",
                "ses_696ADF8Bfabc",
                "ses_696adf8bFabc",
                "ses_696ae00gfabc",
                "ses_96adf8bgabc",
                "ses_696adf8bgabc",
                "ses_696adf8b0abc",
                "ses_696adf8bfabc ",
                " ses_696adf8bfabc",
                "ses_696adf8bfabc\n",
                "ses_696adf8bfab.c",
                "ses_696adf8bfab/c",
                "ses_696adf8bfab%63",
                "ses_696adf8bfäbc",
                "ses_٦96adf8bfabc",
                "ses_-96adf8bfabc",
                "ses_+96adf8bfabc",
                "usr_696adf8bfabc",
                "0b8a1f6e-6b1c-4f0e-9d3c-2f3a4b5c6d7e",
                "ses_696adf8bfzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"
            })
    void malformed(String text) {
        assertThat(SessionId.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("Keycloak's own ids have their form")
    @FieldSource("SIDS")
    void sids(String sid) {
        assertThat(SessionId.isSid(sid)).isTrue();
    }

    @ParameterizedTest
    @DisplayName("other texts have not")
    @ValueSource(strings = {"", " ", "a b", "a/b", "a.b", "a%", "a\n", "ä", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"})
    void noSids(String text) {
        assertThat(SessionId.isSid(text)).isFalse();
    }

    @ParameterizedTest
    @DisplayName("the public id of a session with an id of Keycloak 26 is no Keycloak id by itself")
    @ValueSource(strings = {"Zk3vQ0aB-_9xYtRqLmNoPw12", "0b8a1f6e-6b1c-4f0e-9d3c-2f3a4b5c6d7e"})
    void notBoth(String sid) {
        assertThat(SessionId.isSid(SampleSession.of(sid).build().id().toString()))
                .isFalse();
    }
}
