package dev.identities.benchmark;

import dev.identities.benchmark.Company.Kind;
import dev.identities.benchmark.Company.Sample;
import dev.identities.testbed.Progress;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rows as Keycloak writes them, by the hundred thousand: copies of those of real sign-ins, each with its own id, user,
 * time and address. Numbered from 1 in each realm, and the same in every run but for the time.
 */
final class Seed {

    /** Sessions of one user, at every size: what a page of users costs depends on it. */
    static final int SESSIONS_PER_USER = 10;

    /** One user in so many came through the identity provider. */
    static final int BROKERED_ONE_IN = 20;

    /** Of twenty sessions one is offline, two are remembered, and the others are neither. */
    private static final int KINDS = 20;

    private static final Duration OLDEST = Duration.ofDays(10);
    private static final Duration YOUNGEST = Duration.ofHours(1);

    private static final String USERS = "offline_user_session";
    private static final String CLIENTS = "offline_client_session";

    /** From so many sessions on, it is faster to build the indexes anew. */
    private static final long VERY_MANY = 200_000;

    /** Stands in a template for the second in which a session was made. */
    private static final String CREATED = "@created@";

    /** An arbitrary number that has nothing to do with how many there are. */
    private static final String HASH = "(hashint4((%s)::int) & 2147483647)";

    private final Sql sql;
    private final Company company;
    private final String realmId;
    private long drawn;

    Seed(Sql sql, Company company) throws SQLException {
        this.sql = sql;
        this.company = company;
        this.realmId = sql.value(
                "select id from realm where name = '" + company.realm().name() + "'");
        takeTemplates(company.signIns());
    }

    String realmId() {
        return realmId;
    }

    /** How many sessions the realm has by now, however they came about. */
    long live() throws SQLException {
        return sql.number("select count(*) from offline_user_session where realm_id = '" + realmId + "'");
    }

    static String username(long number) {
        return "person-%07d".formatted(number);
    }

    String userId(long number) throws SQLException {
        return sql.value("select " + userIdOf(Long.toString(number)));
    }

    private String userIdOf(String number) {
        return "md5('" + realmId + "/' || " + number + ")::uuid::text";
    }

    private void takeTemplates(List<Sample> samples) throws SQLException {
        sql.run(
                "create schema if not exists benchmark",
                "create table if not exists benchmark.sample"
                        + " (realm text, sid text, kind text, browser int, address text, offline text)");
        for (Sample sample : samples) {
            sql.run("insert into benchmark.sample values ('%s', '%s', '%s', %d, '%s', '%s')"
                    .formatted(
                            realmId,
                            sample.sid(),
                            sample.kind(),
                            sample.browser(),
                            sample.address(),
                            sample.kind() == Kind.OFFLINE ? "1" : "0"));
        }
        sql.run(
                "create table if not exists benchmark.user_session as select k.kind, k.browser, k.address, s.*"
                        + " from benchmark.sample k join offline_user_session s on false",
                "insert into benchmark.user_session select k.kind, k.browser, k.address, s.* from benchmark.sample k"
                        + " join offline_user_session s on s.user_session_id = k.sid and s.offline_flag = k.offline"
                        + " where k.realm = '" + realmId + "'",
                "create table if not exists benchmark.client_session as select c.* from offline_client_session c"
                        + " where false",
                "insert into benchmark.client_session select c.* from benchmark.sample k"
                        + " join offline_client_session c on c.user_session_id = k.sid and c.offline_flag = k.offline"
                        + " where k.realm = '" + realmId + "'",
                "delete from offline_client_session c using benchmark.sample k where c.user_session_id = k.sid",
                "delete from offline_user_session s using benchmark.sample k where s.user_session_id = k.sid");
        long taken = sql.number("select count(*) from benchmark.client_session where realm_id = '" + realmId + "'");
        if (taken != 2L * samples.size()) {
            throw new IllegalStateException("Expected two client sessions in each of " + samples + ", found " + taken);
        }
        markTimes();
    }

    /** Times of a template would be later than a copy's last use. A mark is quicker to replace than a pattern. */
    private void markTimes() throws SQLException {
        sql.run(
                "update benchmark.client_session c set data = regexp_replace(replace(c.data, s.created_on::text,"
                        + " '" + CREATED + "'), '\"startedAt\":\"[0-9]+\"', '\"startedAt\":\"" + CREATED + "\"')"
                        + " from benchmark.user_session s where s.realm_id = '" + realmId + "'"
                        + " and c.user_session_id = s.user_session_id and c.offline_flag = s.offline_flag",
                "update benchmark.user_session set data = regexp_replace(replace(data, created_on::text,"
                        + " '" + CREATED + "'), '\"(AUTH_TIME|identities.last-sign-in)\":\"[0-9]+\"',"
                        + " '\"\\1\":\"" + CREATED + "\"', 'g') where realm_id = '" + realmId + "'");
    }

    /** Accounts of these numbers, with the template's password and role; brokered ones with their link. */
    void users(long from, long to) throws SQLException {
        Instant start = Instant.now();
        sql.run(
                "create table benchmark.person as select i, " + userIdOf("i") + " as id,"
                        + " 'person-' || lpad(i::text, 7, '0') as name from generate_series(" + from + ", " + to
                        + ") i",
                copyOf("user_entity", "o.id = " + template(), """
                        'id', p.id, 'username', p.name, 'email', p.name || '@bench.example',
                        'email_constraint', p.name || '@bench.example', 'first_name', 'Pat', 'last_name', p.name""", ""),
                copyOf("credential", "o.user_id = " + template(), "'id', md5('c' || p.id)::uuid, 'user_id', p.id", ""),
                copyOf("user_role_mapping", "o.user_id = " + template(), "'user_id', p.id", ""),
                copyOf(
                        "federated_identity",
                        "o.realm_id = '" + realmId + "' and o.federated_username = '" + Company.PARTNER_TEMPLATE + "'",
                        "'user_id', p.id, 'federated_user_id', md5('f' || p.id)::uuid, 'federated_username', p.name",
                        " where p.i % " + BROKERED_ONE_IN + " = 0"),
                "drop table benchmark.person");
        say("%,d accounts", to - from + 1, start);
    }

    private String template() {
        return "(select id from user_entity where realm_id = '" + realmId + "' and username = '" + Company.TEMPLATE
                + "')";
    }

    private static String copyOf(String table, String template, String changes, String condition) {
        return "insert into " + table + " select r.* from benchmark.person p cross join"
                + " (select * from " + table + " o where " + template + " limit 1) o cross join lateral"
                + " jsonb_populate_record(null::" + table + ", to_jsonb(o) || jsonb_build_object(" + changes + ")) r"
                + condition;
    }

    /** So many sessions, and the users who have them. */
    void everybody(int count) throws SQLException {
        int users = count / SESSIONS_PER_USER;
        users(1, users);
        sessions(count, 1, users);
    }

    /** So many sessions of the users of these numbers, evenly over time and people. */
    void sessions(long count, long firstUser, long users) throws SQLException {
        Instant start = Instant.now();
        long before = drawn;
        drawn += count;
        long oldest = start.minus(OLDEST).getEpochSecond();
        long youngest = start.minus(YOUNGEST).getEpochSecond();
        Optional<Indexes> dropped =
                count < VERY_MANY ? Optional.empty() : Optional.of(Indexes.drop(sql, List.of(USERS, CLIENTS)));
        sql.run(
                """
                create unlogged table benchmark.drawn as
                select i, user_id, kind, browser, address, created,
                       translate(left(encode(decode(md5('%1$s' || i) || md5('x' || i), 'hex'), 'base64'), 24), '+/', '-_')
                           as sid,
                       created + (h %% 1000) * (%2$d - created) / 1000 as refreshed
                from (select i, h, %3$s as user_id,
                             case when h %% %4$d = 0 then 'OFFLINE'
                                  when h %% %4$d < 3 then 'REMEMBERED'
                                  when u %% %5$d = 0 then 'BROKERED'
                                  else 'PLAIN' end as kind,
                             h / 32 %% %6$d as browser,
                             '%14$s' || (h / 64 %% %15$d) || '.' || (h / 8192 %% %15$d) as address,
                             (%7$d + (i - %8$d) * (%9$d - %7$d)::bigint / %10$d)::int as created
                      from (select i::int, %11$s as h, %12$d + (i - %8$d - 1) %% %13$d as u
                            from generate_series(%8$d + 1, %8$d + %10$d) i) numbered) placed
                """.formatted(
                                realmId,
                                start.getEpochSecond(),
                                userIdOf("u"),
                                KINDS,
                                BROKERED_ONE_IN,
                                Company.browsers(),
                                oldest,
                                before,
                                youngest,
                                count,
                                HASH.formatted("i"),
                                firstUser,
                                users,
                                Addresses.PREFIX,
                                Addresses.NETWORKS),
                insert(
                        USERS,
                        "t",
                        "benchmark.user_session t",
                        "",
                        List.of(
                                "user_session_id=d.sid",
                                "user_id=d.user_id",
                                "created_on=d.created",
                                "last_session_refresh=d.refreshed",
                                "broker_session_id=case when t.broker_session_id is null then null else 'partner.' || d.sid end",
                                "data=replace(replace(t.data, t.address, d.address), '" + CREATED
                                        + "', d.created::text)")),
                insert(
                        CLIENTS,
                        "c",
                        "benchmark.user_session t",
                        " join benchmark.client_session c on c.user_session_id = t.user_session_id"
                                + " and c.offline_flag = t.offline_flag",
                        List.of(
                                "user_session_id=d.sid",
                                "\"timestamp\"=d.refreshed",
                                "data=replace(c.data, '" + CREATED + "', d.created::text)")),
                "drop table benchmark.drawn");
        if (dropped.isPresent()) {
            dropped.get().build();
        }
        say("%,d sessions", count, start);
    }

    /** All columns as in the template, but for those that are given. */
    private String insert(String table, String original, String templates, String join, List<String> changes)
            throws SQLException {
        List<String> values = new ArrayList<>();
        List<String> columns = sql.column("select quote_ident(column_name) from information_schema.columns"
                + " where table_schema = 'public' and table_name = '" + table + "' order by ordinal_position");
        for (String column : columns) {
            values.add(changes.stream()
                    .filter(change -> change.startsWith(column + "="))
                    .map(change -> change.substring(column.length() + 1))
                    .findFirst()
                    .orElse(original + "." + column));
        }
        return "insert into " + table + columns.stream().collect(Collectors.joining(", ", " (", ")"))
                + " select " + String.join(", ", values) + " from benchmark.drawn d join " + templates
                // In the order of the numbers, because the few templates are hashed and the numbers read along.
                + " on t.kind = d.kind and t.browser = d.browser and t.realm_id = '" + realmId + "'" + join;
    }

    private void say(String what, long count, Instant start) {
        Progress.say(
                "Seeded " + what + " of realm %s (%d s)",
                count,
                company.realm().name(),
                Duration.between(start, Instant.now()).toSeconds());
    }
}
