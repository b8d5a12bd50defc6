package dev.identities.keycloak.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.filter.Filter;
import dev.identities.filter.FilterException;
import dev.identities.listing.Branch;
import dev.identities.listing.ListFilter;
import dev.identities.session.RememberMe;
import dev.identities.session.Session;
import dev.identities.session.SessionKind;
import dev.identities.session.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FilterConditionsTest {

    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");

    private static ListFilter<Session> filter(String text) {
        return filter(text, Optional.empty(), List.of());
    }

    private static ListFilter<Session> filter(String text, Optional<Set<UserId>> users, List<Set<String>> clients) {
        try {
            return new ListFilter<>(
                    session -> true, false, Filter.ofSessions(text, NOW).narrowing(), users, clients);
        } catch (FilterException e) {
            throw new AssertionError(e);
        }
    }

    private static HqlBuilder needles(Collation collation, String text) {
        HqlBuilder hql = new HqlBuilder("");
        new FilterConditions(collation).addNeedles(hql, filter(text));
        return hql;
    }

    @Test
    @DisplayName("an address is compared at its place, a text elsewhere is searched for, as the database does it fast")
    void needles() {
        HqlBuilder address = needles(Collation.LANGUAGE, "obj.browser_session.ip_address == \"10.7.3.1\"");
        assertThat(address.parameters().values()).contains("10.7.3.1\"");
        assertThat(address.text())
                .contains("substring(s.data, locate('\"ipAddress\":\"', s.data) + 13, 9) in (:")
                // Three forms of which the first character tells: the place is found once for all of them.
                .containsOnlyOnce("s.data) + 13, 1) in (:")
                .contains(" or ");
        HqlBuilder network = needles(Collation.LOOSE, "obj.browser_session.ip_address in cidr(\"10.7.0.0/16\")");
        assertThat(network.parameters().values()).contains("10.7.");

        String provider = "obj.identity_provider.alias == \"partner\"";
        assertThat(needles(Collation.LANGUAGE, provider).text()).isEqualTo(" and (locate(:needle0, s.data) > 0)");
        assertThat(needles(Collation.LANGUAGE, provider).parameters())
                .containsEntry("needle0", "\"identity_provider\":\"partner\"");
        assertThat(needles(Collation.LOOSE, provider).text()).isEqualTo(" and (s.data like :needle0)");
        assertThat(needles(Collation.LOOSE, provider).parameters())
                .containsEntry("needle0", "%\"identity_provider\":\"partner\"%");
    }

    @Test
    @DisplayName("on other databases nothing is searched for, and a filter for texts alone is no reason for a sweep")
    void otherDatabases() {
        String provider = "obj.identity_provider.alias == \"partner\"";
        assertThat(needles(Collation.BYTES, provider).text()).isEmpty();
        assertThat(new FilterConditions(Collation.BYTES).sweeps(filter(provider)))
                .isFalse();
        assertThat(new FilterConditions(Collation.LOOSE).sweeps(filter(provider)))
                .isTrue();
        assertThat(new FilterConditions(Collation.BYTES)
                        .sweeps(filter("true", Optional.empty(), List.of(Set.of("uuid")))))
                .isTrue();
    }

    @ParameterizedTest
    @DisplayName("only the branches are read in which a session can match; unknown is either")
    @CsvSource({
        "obj.kind == \"offline\", ONLINE, NO, false",
        "obj.kind == \"offline\", OFFLINE, NO, true",
        "obj.remember_me, ONLINE, NO, false",
        "obj.remember_me, ONLINE, YES, true",
        "obj.remember_me, OFFLINE, UNKNOWN, true",
        "!obj.remember_me, ONLINE, YES, false",
        "!obj.remember_me, ONLINE, UNKNOWN, true",
        "obj.remember_me || obj.sid == \"x\", ONLINE, NO, true"
    })
    void branches(String text, SessionKind kind, RememberMe rememberMe, boolean possible) {
        assertThat(FilterConditions.possible(filter(text), new Branch(kind, rememberMe)))
                .isEqualTo(possible);
    }

    @ParameterizedTest
    @DisplayName("times, people, ids and applications are conditions on every database")
    @EnumSource(Collation.class)
    void columns(Collation collation) {
        HqlBuilder hql = new HqlBuilder("");
        ListFilter<Session> filter = filter(
                "obj.created_at >= timestamp(\"2026-11-28T09:00:00Z\") && obj.sid == \"abc\" && obj.kind == \"online\"",
                Optional.of(Set.of(new UserId("u1"))),
                List.of(Set.of("uuid")));
        new FilterConditions(collation).add(hql, filter);
        assertThat(hql.text())
                .contains(" and s.createdOn >= :createdFrom")
                .contains(" and s.userId in (")
                .contains(" and s.userSessionId in (")
                .contains(" and s.offline = '0'")
                .contains("exists (select 1 from PersistentClientSessionEntity c");
        assertThat(hql.parameters())
                .containsEntry("createdFrom", (int) NOW.minusSeconds(3_600).getEpochSecond());
        assertThat(hql.parameters().values()).contains("u1", "abc", "uuid");
        assertThat(FilterConditions.drives(filter)).isTrue();
        assertThat(FilterConditions.drives(filter("obj.kind == \"online\""))).isFalse();
    }
}
