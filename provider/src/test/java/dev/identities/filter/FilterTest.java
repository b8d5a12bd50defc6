package dev.identities.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.identities.session.Session;
import dev.identities.session.UserId;
import dev.identities.signal.Evidence;
import dev.identities.signal.Signal;
import dev.identities.signal.SignalCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {

    private final Sample.Around around = Sample.around();

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Equality, both ways round, and absent text.
                "obj.application_user.username == \"jane\"",
                "'jane' == obj.application_user.username",
                "obj.application_user.username != \"Jane\"",
                "obj.application_user_id == obj.application_user.id",
                "obj.grant == null && obj.grant == \"\" && !(obj.grant != null)",
                "obj.kind != null && obj.kind != \"\" && null != obj.kind",
                "obj.route == null && obj.edge == null && obj.endpoint != null && obj.impersonator == null",
                "obj.browser_session.location != null",
                "obj.created_at != null",
                "obj.remember_me == false && obj.remember_me != true && !obj.remember_me",
                "(obj.kind == \"online\") == (obj.auth_method == \"openid-connect\")",
                // Order.
                "obj.kind < \"p\" && obj.kind <= \"online\" && obj.kind > \"o\" && obj.kind >= \"online\"",
                "obj.browser_session.location.latitude == 52.5 && obj.browser_session.location.latitude > 52",
                "53 > obj.browser_session.location.latitude && obj.browser_session.location.longitude > -1.5e0",
                "obj.browser_session.location.lat_long_radius_km <= 0x14",
                "obj.created_at == timestamp(\"2026-11-27T09:00:00+01:00\")",
                "obj.created_at > timestamp(\"2026-11-27T07:59:59.9Z\")",
                "obj.created_at < timestamp('2026-11-27T08:00:00.1Z')",
                "obj.created_at > timestamp(time.now).subtract(\"7d\")",
                "obj.created_at < timestamp(time.now).subtract(\"1d3h59m59s\") && obj.created_at < time.now",
                "obj.expires_at == timestamp(time.now).add(\"2h\")",
                "timestamp(time.now).subtract(\"2w\") < timestamp(obj.last_active)",
                // Texts.
                "obj.application_user.email.endsWith(\"@example.com\")",
                "obj.browser_session.user_agent.raw.startsWith(\"Mozilla/\")",
                "obj.browser_session.user_agent.raw.contains(r'Linux x86') && !\"ABC\".contains(\"b\")",
                "obj.sid.contains(\"J2mC\")",
                "size(obj.kind) == 6 && obj.kind.size() < 7",
                "size(\"e\\u0301\") == 2 && size(\"\\U0001F600\") == 1 && size('\\x41\\101\\n') == 3",
                "\"\"\"a\"b\"\"\" == 'a\"b' && r\"\\n\" == \"\\\\n\"",
                // Lists.
                "obj.kind in [\"offline\", \"online\"]",
                "!(obj.identity_provider.alias in [\"azure\", \"\"])",
                "obj.browser_session.location.latitude in [52.5, -0.5]",
                "!(obj.browser_session.location.latitude in [52])",
                "\"wiki\" in obj.clients && !(\"shop\" in obj.clients)",
                "size(obj.clients) == 2 && obj.clients.size() >= 2",
                "obj.clients.exists(c, c.client_id == \"mail\" && c.last_active < timestamp(\"2026-11-27T09:00:00Z\"))",
                "!obj.clients.exists(c, c.client_id == \"mail\" && c.base_url == \"https://wiki.example/\")",
                "obj.clients.exists(app, app.started_at == obj.created_at && app.name == \"Mail\")",
                // Addresses.
                "obj.browser_session.ip_address in cidr(\"10.7.0.0/16\")",
                "obj.browser_session.ip_address in cidr(\"::ffff:10.7.0.0/112\")",
                "!(obj.browser_session.ip_address in cidr(\"10.6.0.0/16\"))",
                "!(obj.browser_session.ip_address in cidr(\"::/0\"))",
                "obj.browser_session.ip_address == \"10.7.3.1\"",
                "obj.browser_session.ip_address == \"::ffff:10.7.3.1\"",
                "obj.browser_session.ip_address in [\"[::FFFF:a07:301]\"]",
                "obj.browser_session.ip_address.startsWith(\"10.7.\")",
                // Precedence.
                "obj.kind == \"online\" || obj.kind == \"x\" && obj.kind == \"y\"",
                "!obj.remember_me == true",
            })
    @DisplayName("a filter lets the session through that it describes, and its negation does not")
    void matches(String text) throws FilterException {
        assertThat(matches(text, Sample.session())).isTrue();
        assertThat(matches("!(" + text + ")", Sample.session())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "obj.application_user.username == \"jane\"",
                "obj.grant < \"zzz\" || obj.grant >= \"\" || \"zzz\" > obj.grant",
                "obj.browser_session.location.country_code < \"zzz\"",
                "obj.browser_session.location.latitude < 99 || obj.browser_session.location.latitude >= -99",
                "obj.browser_session.location.latitude == 0",
                "obj.browser_session.location != null",
                "obj.endpoint != null || \"wiki\" in obj.clients",
                "\"(hidden)\" in obj.clients",
            })
    @DisplayName("an absent value is before nothing and behind nothing, and a hidden value is absent")
    void absent(String text) throws FilterException {
        around.people.clear();
        around.applications.clear();
        around.places.clear();
        assertThat(matches(text, Sample.session())).isFalse();
        assertThat(matches("size(obj.clients) == 2 && obj.clients.exists(c, c.client_id == null)", Sample.session()))
                .isTrue();
    }

    @Test
    @DisplayName("texts are in the order of their code points")
    void codePoints() throws FilterException {
        assertThat(Filter.ofSessions("\"\uFF5E\" < \"\uD83D\uDE00\" && \"a\" < \"aa\"", Sample.NOW)
                        .constant())
                .contains(true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "true                                          ; true",
                "1 < 2 && !false                               ; true",
                "obj.id == obj.id                              ; true",
                "obj.kind == 'a' || !(obj.kind == 'a')         ; true",
                "obj.kind == 'a' || obj.kind != 'a'            ; true",
                "true || obj.current                           ; true",
                "obj.kind.startsWith('')                       ; true",
                "obj.current && !obj.current                   ; false",
                "obj.clients.exists(c, c.name == 'a' && false) ; false",
                "obj.current                                   ; ",
                "obj.kind == 'a'                               ; ",
            })
    @DisplayName("a filter that says the same of every row is constant")
    void constant(String text, Boolean constant) throws FilterException {
        assertThat(Filter.ofSessions(text, Sample.NOW).constant()).isEqualTo(Optional.ofNullable(constant));
    }

    @Test
    @DisplayName("a filter of users sees the user, all their applications, and the latest session")
    void users() throws FilterException {
        Session latest = Sample.session();
        Session other = Sample.session("10.9.9.9", "", "curl/8");
        String text = "obj.id == \"usr_" + Sample.JANE + "\" && obj.username == \"jane\" && obj.name == \"Jane Doe\""
                + " && obj.enabled && obj.sessions_count == 2 && obj.provider_user_id == \"ext-1\""
                + " && obj.created_at == timestamp(\"2020-05-04T03:02:01Z\")"
                + " && obj.last_login == timestamp(\"2026-11-27T08:01:00Z\")"
                + " && \"google\" in obj.identity_providers && \"\" in obj.identity_providers"
                + " && obj.identity_providers.exists(p, p.name == \"GOOGLE\" && p.url == \"https://google\")"
                + " && obj.access.manage && \"mail\" in obj.clients"
                + " && obj.latest_session.browser_session.ip_address == \"10.7.3.1\""
                + " && obj.latest_session.browser_session.location.country_code == \"DE\"";
        assertThat(Filter.ofUsers(text, Sample.NOW).matches(Sample.identity(latest, other), around))
                .isTrue();
        assertThat(Filter.ofUsers(text, Sample.NOW).matches(Sample.identity(other, latest), around))
                .isFalse();
    }

    @Test
    @DisplayName("the caller's own session and the administrator behind an impersonation")
    void people() throws FilterException {
        Session session = Sample.session();
        assertThat(matches("obj.current", session)).isFalse();
        around.callerSid = Optional.of(Sample.SID);
        assertThat(matches("obj.current", session)).isTrue();

        Session impersonated = Sample.impersonatedBy(session, new UserId("admin-1"));
        assertThat(matches("obj.impersonator != null && obj.impersonator.id == null", impersonated))
                .isTrue();
        around.impersonators.put("admin-1", around.people.get(Sample.JANE));
        assertThat(matches(
                        "obj.impersonator.id == \"usr_admin-1\" && obj.impersonator.username == \"jane\"",
                        impersonated))
                .isTrue();
    }

    @Test
    @DisplayName("it says what it looks at")
    void parts() throws FilterException {
        assertThat(Filter.ofSessions("obj.kind == 'a' && obj.created_at < time.now", Sample.NOW)
                        .parts())
                .isEmpty();
        assertThat(Filter.ofSessions("obj.browser_session.location.city == 'a' || 'x' in obj.clients", Sample.NOW)
                        .parts())
                .isEqualTo(Set.of(Part.DATA, Part.PLACE, Part.CLIENTS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "obj . kind==\"a\"                             ; obj.kind == \"a\"",
                "  obj.kind  in[ 'a',\"b\" ]                   ; obj.kind in [\"a\", \"b\"]",
                "!( obj.current||'it\\'s' == r\"\\\")          ; !(obj.current || \"it's\" == \"\\\\\")",
                "obj.clients.exists( c,c.name == \"\\n\\\"\" ) ; obj.clients.exists(c, c.name == \"\\x0a\\\"\")",
                "timestamp( time.now ) . add('7d')>time.now    ; timestamp(time.now).add(\"7d\") > time.now",
                "obj.current && - 1 < 0x2                      ; obj.current && -1 < 0x2",
            })
    @DisplayName("the canonical text has one form of blanks and quotes, and is its own")
    void canonical(String text, String canonical) throws FilterException {
        assertThat(Filter.ofSessions(text, Sample.NOW).canonical()).isEqualTo(canonical);
        assertThat(Filter.ofSessions(canonical, Sample.NOW).canonical()).isEqualTo(canonical);
    }

    @Test
    @DisplayName("the canonical text decides as the text does")
    void canonicalIsTheSame() throws FilterException {
        Population population = new Population(new Random(5), 20);
        Expressions expressions = new Expressions(new Random(6), SessionFields.ALL, population.sessionScopes(), false);
        for (int filter = 0; filter < 300; filter++) {
            String text = expressions.any(2).ours();
            Filter<Session> one = Filter.ofSessions(text, Sample.NOW);
            Filter<Session> other = Filter.ofSessions(one.canonical(), Sample.NOW);
            assertThat(decisions(other, population)).as(text).isEqualTo(decisions(one, population));
            assertThat(other.canonical()).isEqualTo(one.canonical());
        }
    }

    private static List<Boolean> decisions(Filter<Session> filter, Population population) {
        return population.sessions().stream()
                .map(session -> filter.matches(session, population.around()))
                .toList();
    }

    private boolean matches(String text, Session session) throws FilterException {
        return Filter.ofSessions(text, Sample.NOW).matches(session, around);
    }

    @Test
    @DisplayName("signals are a list of texts, and their details have the members of the JSON")
    void signals() throws FilterException {
        Session session = Sample.session();
        around.signals.put(
                session.id(),
                List.of(
                        new Signal(SignalCode.NEW_COUNTRY, country("JP", "DE")),
                        new Signal(SignalCode.IMPERSONATED, Evidence.NONE)));
        for (String holds : List.of(
                "obj.signals.exists(s, s == \"impersonated\")",
                "\"new_country\" in obj.signals",
                "size(obj.signals) == 2",
                "obj.signal_details.new_country.country == \"JP\" && \"DE\" in obj.signal_details.new_country.others",
                "obj.signal_details.old_offline == null && obj.signal_details.old_offline.days == null",
                "!(obj.signal_details.impossible_travel.speed_kmh > 900)",
                "obj.application_user.name == \"Jane Doe\"")) {
            assertThat(Filter.ofSessions(holds, Sample.NOW).matches(session, around))
                    .as(holds)
                    .isTrue();
        }
        assertThatThrownBy(() -> Filter.ofSessions("obj.signals.exists(s, s.code == \"x\")", Sample.NOW))
                .hasMessage("at 25: unknown field s.code; s has no members");
        assertThatThrownBy(() -> Filter.ofSessions("obj.signals == \"new_country\"", Sample.NOW))
                .hasMessage("at 13: cannot compare a list with a text; use in, size or exists");
    }

    private static Evidence country(String country, String other) {
        return new Evidence(null, null, null, null, country, null, List.of(other), null);
    }

    @Test
    @DisplayName("what the rest of a filter decides is decided without a look at signals")
    void withoutSignals() throws FilterException {
        Session session = Sample.session();
        around.signalsAreRead = false;
        Map<String, Boolean> mayMatch = Map.of(
                "obj.kind == \"online\" && \"new_country\" in obj.signals", true,
                "obj.kind == \"offline\" && \"new_country\" in obj.signals", false,
                "obj.kind == \"offline\" || \"new_country\" in obj.signals", true,
                "obj.kind == \"offline\" && !(\"new_country\" in obj.signals)", false,
                "!(obj.kind == \"online\" || \"new_country\" in obj.signals)", false,
                "!(obj.kind == \"offline\" || \"new_country\" in obj.signals)", true,
                "!(\"new_country\" in obj.signals && obj.kind == \"online\")", true);
        for (Map.Entry<String, Boolean> filter : mayMatch.entrySet()) {
            assertThat(Filter.ofSessions(filter.getKey(), Sample.NOW).mayMatch(session, around))
                    .as(filter.getKey())
                    .isEqualTo(filter.getValue());
        }
    }
}
