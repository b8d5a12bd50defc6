package dev.identities.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.identities.filter.Narrowing.Seconds;
import dev.identities.session.Broker;
import dev.identities.session.ClientUse;
import dev.identities.session.Identity;
import dev.identities.session.Person;
import dev.identities.session.RememberMe;
import dev.identities.session.Session;
import dev.identities.session.SessionKind;
import dev.identities.session.UserId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NarrowingTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** 2026-11-28T12:00:00Z. */
    private static final long NOW = Sample.NOW.getEpochSecond();

    private static final long DAY = 86_400;

    @Test
    @DisplayName("times are bounds, joined or met, and negated")
    void times() throws FilterException {
        assertThat(of("obj.created_at >= timestamp(time.now).subtract(\"7d\") && obj.created_at < time.now")
                        .created())
                .isEqualTo(new Seconds(NOW - 7 * DAY, NOW));
        assertThat(of("obj.created_at == time.now || obj.created_at == timestamp(time.now).subtract(\"1d\")")
                        .created())
                .isEqualTo(new Seconds(NOW - DAY, NOW));
        assertThat(of("!(obj.last_active > time.now || obj.kind == \"online\")"))
                .returns(new Seconds(Long.MIN_VALUE, NOW), Narrowing::lastActive)
                .returns(Set.of(SessionKind.OFFLINE), Narrowing::kinds);
        assertThat(of("timestamp(time.now).subtract(\"1d\") < obj.last_active").lastActive())
                .isEqualTo(new Seconds(NOW - DAY, Long.MAX_VALUE));
        assertThat(of("obj.created_at < time.now || obj.remember_me").created().isAny())
                .isTrue();
        assertThat(of("obj.created_at < timestamp(\"2026-01-01T00:00:00Z\") && obj.created_at > time.now"))
                .isEqualTo(Narrowing.NONE);
        assertThat(of("obj.created_at in [timestamp(\"1970-01-01T00:00:07.5Z\")]")
                        .created())
                .isEqualTo(new Seconds(7, 7));
    }

    @Test
    @DisplayName("kinds, remember-me and ids are sets")
    void sets() throws FilterException {
        assertThat(of("obj.kind != \"online\" && !obj.remember_me"))
                .returns(Set.of(SessionKind.OFFLINE), Narrowing::kinds)
                .returns(Set.of(false), Narrowing::rememberMe);
        assertThat(of("obj.sid in [\"a\", \"b\"] || obj.sid == \"c\"").sids()).contains(Set.of("a", "b", "c"));
        assertThat(of("obj.id == \"ses_6b02791dcabc\""))
                .returns(Optional.of(Set.of("abc")), Narrowing::sids)
                .returns(Set.of(SessionKind.OFFLINE), Narrowing::kinds);
        assertThat(of("obj.sid == \"a\" || obj.current").sids()).isEmpty();
    }

    @Test
    @DisplayName("a condition on the account is a term, by Keycloak's id where it is an id")
    void people() throws FilterException {
        assertThat(of("obj.application_user.username == \"jane\" && obj.application_user.email.endsWith(\".org\")")
                        .people())
                .containsExactlyInAnyOrder(
                        Set.of(new PersonTerm(PersonTerm.Field.USERNAME, PersonTerm.Match.EXACT, "jane")),
                        Set.of(new PersonTerm(PersonTerm.Field.EMAIL, PersonTerm.Match.SUFFIX, ".org")));
        assertThat(of("obj.application_user.id in [\"usr_1\", \"usr_x_Zjps\"] || obj.application_user_id == \"usr_2\"")
                        .people())
                .containsExactly(Set.of(id("1"), id("f:l"), id("2")));
        assertThat(of("obj.application_user.id.startsWith(\"usr_0f\")").people())
                .containsExactly(Set.of(new PersonTerm(PersonTerm.Field.ID, PersonTerm.Match.PREFIX, "0f")));
        assertThat(of("obj.application_user.username == \"jane\" || obj.current")
                        .people())
                .isEmpty();
        assertThat(of("obj.application_user.username == \"\"").people()).isEmpty();
    }

    private static PersonTerm id(String id) {
        return new PersonTerm(PersonTerm.Field.ID, PersonTerm.Match.EXACT, id);
    }

    @Test
    @DisplayName("an application is a client id, outside and inside exists")
    void clients() throws FilterException {
        assertThat(of("\"wiki\" in obj.clients && obj.clients.exists(c, c.client_id in [\"a\", \"b\"] && true)")
                        .clients())
                .containsExactlyInAnyOrder(Set.of("wiki"), Set.of("a", "b"));
        assertThat(of("!(\"wiki\" in obj.clients)").clients()).isEmpty();
        assertThat(of("obj.clients.exists(c, c.client_id != \"wiki\")").clients())
                .isEmpty();
    }

    @Test
    @DisplayName("a text in the data is a needle, an IPv4 address with the beginnings of its other forms")
    void needles() throws FilterException {
        assertThat(of("obj.identity_provider.alias == \"google\" && obj.auth_method == \"saml\"")
                        .needles())
                .containsExactlyInAnyOrder(
                        Set.of(new Needle(Needle.Source.PROVIDER_ALIAS, Needle.Match.EXACT, "google")),
                        Set.of(new Needle(Needle.Source.AUTH_METHOD, Needle.Match.EXACT, "saml")));
        assertThat(addresses("obj.browser_session.ip_address == \"10.7.3.1\""))
                .containsExactlyInAnyOrder("EXACT 10.7.3.1", "PREFIX :", "PREFIX 0", "PREFIX [");
        assertThat(addresses("obj.browser_session.ip_address in cidr(\"10.7.0.0/16\")"))
                .contains("PREFIX 10.7.");
        assertThat(addresses("obj.browser_session.ip_address in cidr(\"10.128.0.0/9\")"))
                .contains("PREFIX 10.");
        assertThat(addresses("obj.browser_session.ip_address in cidr(\"10.7.3.1/32\")"))
                .contains("EXACT 10.7.3.1");
        assertThat(addresses("obj.browser_session.recorded_ip_address.contains(\"::1\")"))
                .containsExactly("ANYWHERE ::1");
        assertThat(of("obj.browser_session.user_agent.raw.contains(\"curl/8\")").needles())
                .containsExactly(Set.of(new Needle(Needle.Source.USER_AGENT, Needle.Match.ANYWHERE, "curl/8")));
    }

    private static List<String> addresses(String text) throws FilterException {
        return of(text).needles().get(0).stream()
                .map(needle -> needle.match() + " " + needle.text())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "obj.identity_provider.alias == \"\"",
                "obj.identity_provider.alias != \"google\"",
                "obj.identity_provider.alias == \"ü\" || obj.identity_provider.alias == \"a\"",
                "obj.browser_session.user_agent.raw.contains(\"\\\"\")",
                "obj.identity_provider.alias in [\"a\", \"b\", \"c\", \"d\"]",
                "obj.browser_session.ip_address in cidr(\"2001:db8::/32\")",
                "obj.browser_session.ip_address == \"2001:db8::1\"",
                "obj.browser_session.ip_address in cidr(\"8.0.0.0/7\")",
            })
    @DisplayName("no needle for what is absent, negated, escaped, in too many forms or too often")
    void noNeedles(String text) throws FilterException {
        assertThat(of(text)).isEqualTo(Narrowing.ANY);
    }

    @Test
    @DisplayName("a filter of users narrows by the user, and by nothing of one session alone")
    void users() throws FilterException {
        Narrowing narrowing = Filter.ofUsers(
                        "obj.username == \"jane\" && obj.last_active > time.now && \"google\" in obj.identity_providers"
                                + " && obj.created_at > time.now && obj.latest_session.kind == \"online\""
                                + " && obj.latest_session.created_at > time.now",
                        Sample.NOW)
                .narrowing();
        assertThat(narrowing)
                .returns(Narrowing.ANY.created(), Narrowing::created)
                .returns(new Seconds(NOW, Long.MAX_VALUE), Narrowing::lastActive)
                .returns(Narrowing.ANY.kinds(), Narrowing::kinds)
                .returns(
                        List.of(Set.of(new Needle(Needle.Source.PROVIDER_ALIAS, Needle.Match.EXACT, "google"))),
                        Narrowing::needles);
        assertThat(narrowing.people()).hasSize(1);
    }

    @Test
    @DisplayName("a session that matches is never left out, whatever the filter")
    void sessionsOnlyWiden() throws FilterException {
        Population population = new Population(new Random(21), 120);
        Expressions expressions = new Expressions(new Random(22), SessionFields.ALL, population.sessionScopes(), false);
        int leftOut = 0;
        for (int number = 0; number < 8_000; number++) {
            String text = expressions.any(number % 4).ours();
            Filter<Session> filter = Filter.ofSessions(text, Sample.NOW);
            for (Session session : population.sessions()) {
                boolean passes = passes(filter.narrowing(), session, population.around());
                leftOut += passes ? 0 : 1;
                passes &= filter.mayMatch(session, population.around());
                assertThat(passes || !filter.matches(session, population.around()))
                        .as("%s leaves out %s", text, session)
                        .isTrue();
            }
        }
        assertThat(leftOut)
                .as("rows left out, so that the test looks at something")
                .isGreaterThan(50_000);
    }

    @Test
    @DisplayName("a user who matches is never left out, whatever the filter")
    void usersOnlyWiden() throws FilterException {
        int leftOut = 0;
        for (int round = 0; round < 20; round++) {
            Population population = new Population(new Random(round), 0);
            Expressions expressions =
                    new Expressions(new Random(round + 50), UserFields.ALL, population.identityScopes(), false);
            for (int number = 0; number < 200; number++) {
                String text = expressions.any(number % 4).ours();
                Filter<Identity> filter = Filter.ofUsers(text, Sample.NOW);
                for (Identity identity : population.identities()) {
                    boolean passes = passes(filter.narrowing(), identity, population);
                    leftOut += passes ? 0 : 1;
                    assertThat(passes || !filter.matches(identity, population.around()))
                            .as("%s leaves out %s", text, identity)
                            .isTrue();
                }
            }
        }
        assertThat(leftOut)
                .as("rows left out, so that the test looks at something")
                .isGreaterThan(500);
    }

    private static boolean passes(Narrowing narrowing, Session session, Surroundings around) {
        return !narrowing.impossible()
                && narrowing.created().contains(session.id().createdOn())
                && narrowing.lastActive().contains(session.lastActive().getEpochSecond())
                && narrowing.kinds().contains(session.id().kind())
                && (session.id().rememberMe() == RememberMe.UNKNOWN
                        || narrowing.rememberMe().contains(session.rememberMe()))
                && narrowing
                        .sids()
                        .map(sids -> sids.contains(session.id().sid()))
                        .orElse(true)
                && narrowing.people().stream().allMatch(group -> meets(group, session.userId(), around))
                && narrowing.clients().stream().allMatch(group -> reached(group, session, around))
                && narrowing.needles().stream().allMatch(group -> holds(group, session));
    }

    private static boolean passes(Narrowing narrowing, Identity identity, Population population) {
        Surroundings around = population.around();
        List<Session> sessions = population.sessionsOf(identity);
        return !narrowing.impossible()
                && narrowing.lastActive().contains(identity.lastActive().getEpochSecond())
                && narrowing.people().stream().allMatch(group -> meets(group, identity.userId(), around))
                && narrowing.clients().stream()
                        .allMatch(group -> sessions.stream().anyMatch(session -> reached(group, session, around)))
                && narrowing.needles().stream()
                        .allMatch(group -> sessions.stream().anyMatch(session -> holds(group, session)))
                && narrowing.created().isAny()
                && narrowing.kinds().size() == 2
                && narrowing.rememberMe().size() == 2
                && narrowing.sids().isEmpty();
    }

    private static boolean meets(Set<PersonTerm> group, UserId user, Surroundings around) {
        Person person = around.person(user).orElse(Person.UNKNOWN);
        return group.stream().anyMatch(term -> {
            String value =
                    switch (term.field()) {
                        case ID -> user.value();
                        case USERNAME -> person.username();
                        case EMAIL -> person.email();
                    };
            return switch (term.match()) {
                case EXACT -> value.equals(term.text());
                case PREFIX -> value.startsWith(term.text());
                case SUFFIX -> value.endsWith(term.text());
                case ANYWHERE -> value.contains(term.text());
            };
        });
    }

    private static boolean reached(Set<String> group, Session session, Surroundings around) {
        return session.clients().stream()
                .map(ClientUse::clientUuid)
                .flatMap(uuid -> around.application(uuid).stream())
                .anyMatch(application -> group.contains(application.clientId()));
    }

    /** Looks into the text of the JSON, as a database does. */
    private static boolean holds(Set<Needle> group, Session session) {
        Map<Needle.Source, String> parts = new LinkedHashMap<>();
        parts.put(Needle.Source.RECORDED_ADDRESS, session.ipAddress());
        parts.put(Needle.Source.AUTH_METHOD, session.protocol());
        parts.put(
                Needle.Source.PROVIDER_ALIAS,
                session.broker().map(Broker::alias).orElse("none"));
        parts.put(Needle.Source.USER_AGENT, session.device().userAgent());
        String data;
        try {
            data = JSON.writeValueAsString(parts);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
        return group.stream()
                .anyMatch(needle -> data.contains(
                        switch (needle.match()) {
                            case EXACT -> "\"" + needle.source() + "\":\"" + needle.text() + "\"";
                            case PREFIX -> "\"" + needle.source() + "\":\"" + needle.text();
                            case ANYWHERE -> needle.text();
                        }));
    }

    private static Narrowing of(String text) throws FilterException {
        return Filter.ofSessions(text, Sample.NOW).narrowing();
    }
}
