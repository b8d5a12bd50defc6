package dev.identities.filter;

import dev.identities.filter.Expression.Before;
import dev.identities.filter.Expression.Constant;
import dev.identities.filter.Expression.Contains;
import dev.identities.filter.Expression.Equal;
import dev.identities.filter.Expression.Exists;
import dev.identities.filter.Expression.FieldValue;
import dev.identities.filter.Expression.Inside;
import dev.identities.filter.Expression.Join;
import dev.identities.filter.Expression.Listed;
import dev.identities.filter.Expression.Not;
import dev.identities.filter.Expression.OneOf;
import dev.identities.filter.Narrowing.Seconds;
import dev.identities.filter.PersonTerm.Match;
import dev.identities.session.SessionId;
import dev.identities.session.UserId;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Derives from a condition what must be so wherever it holds, or wherever it does not. Where nothing can be said the
 * answer is {@link Narrowing#ANY}.
 */
final class NarrowingRules {

    private static final String USER_PREFIX = "usr_";

    /** Ids of users with other characters are encoded behind this: see {@link UserId}. */
    private static final String ENCODED = "x";

    /** The texts of IPv4 addresses. IPv6 is recorded in too many forms. */
    private static final Pattern IPV4_TEXT = Pattern.compile("[0-9.]+");

    private NarrowingRules() {}

    /**
     * What is true of every row for which the condition holds.
     *
     * @param wanted false for: for which it does not hold
     */
    static Narrowing of(Expression condition, boolean wanted) {
        if (condition instanceof Constant constant) {
            return constant.value().equals(wanted) ? Narrowing.ANY : Narrowing.NONE;
        }
        if (condition instanceof Not negation) {
            return of(negation.condition(), !wanted);
        }
        if (condition instanceof Join join) {
            boolean and = join.all() == wanted;
            return join.conditions().stream()
                    .map(part -> of(part, wanted))
                    .reduce((one, other) -> and ? one.and(other) : one.or(other))
                    .orElseThrow();
        }
        if (condition instanceof FieldValue field && field.field().role() == Field.Role.REMEMBER_ME) {
            return Narrowing.rememberMe(wanted);
        }
        if (condition instanceof Equal equal && equal.right() instanceof Constant constant) {
            return constant.type() == Type.NULL
                    ? Narrowing.ANY
                    : equal(equal.left(), Set.of(constant.value()), constant.type(), wanted);
        }
        if (condition instanceof OneOf oneOf) {
            return equal(
                    oneOf.value(), oneOf.choices().values(), oneOf.choices().element(), wanted);
        }
        if (condition instanceof Before before) {
            return before(before, wanted);
        }
        return wanted ? positive(condition) : Narrowing.ANY;
    }

    private static Narrowing positive(Expression condition) {
        if (condition instanceof Exists exists) {
            return of(exists.condition(), true);
        }
        if (condition instanceof Listed listed && listed.text() instanceof Constant constant) {
            return equal(listed.key(), Set.of(constant.value()));
        }
        if (condition instanceof Contains contains
                && contains.text() instanceof FieldValue text
                && contains.part() instanceof Constant part) {
            return contains(text.field(), contains.where(), (String) part.value());
        }
        if (condition instanceof Inside inside
                && inside.address() instanceof FieldValue address
                && address.field().role() == Field.Role.ADDRESS) {
            String common = inside.network().commonText();
            boolean whole = !common.isEmpty() && !common.endsWith(".");
            return address(whole ? Needle.Match.EXACT : Needle.Match.PREFIX, common);
        }
        return Narrowing.ANY;
    }

    private static Narrowing equal(Expression value, Set<?> constants, Type type, boolean wanted) {
        if (!(value instanceof FieldValue known)) {
            return Narrowing.ANY;
        }
        Field field = known.field();
        if (field.role() == Field.Role.KIND && type.isText()) {
            return Narrowing.kinds(Narrowing.kindsNamed(constants, wanted));
        }
        return wanted ? equal(field, constants) : Narrowing.ANY;
    }

    private static Narrowing equal(Field field, Set<?> constants) {
        // Absent is no text that a store could look for.
        if (constants.contains("")) {
            return Narrowing.ANY;
        }
        return switch (field.role()) {
            case CREATED -> Narrowing.created(hull(constants));
            case LAST_ACTIVE -> Narrowing.lastActive(hull(constants));
            case SID ->
                Narrowing.sids(constants.stream().map(String.class::cast).collect(Collectors.toSet()));
            case SESSION_ID -> sessions(constants);
            case USER_ID ->
                either(constants, text -> UserId.parse(text)
                        .filter(id -> id.toString().equals(text))
                        .map(id -> person(PersonTerm.Field.ID, Match.EXACT, id.value()))
                        .orElse(Narrowing.NONE));
            case USERNAME -> either(constants, text -> person(PersonTerm.Field.USERNAME, Match.EXACT, text));
            case EMAIL -> either(constants, text -> person(PersonTerm.Field.EMAIL, Match.EXACT, text));
            case CLIENT_ID -> either(constants, text -> Narrowing.clients(Set.of(text)));
            case ADDRESS -> either(constants, text -> address(Needle.Match.EXACT, text));
            case RECORDED_ADDRESS -> needles(constants, Needle.Source.RECORDED_ADDRESS);
            case PROVIDER_ALIAS -> needles(constants, Needle.Source.PROVIDER_ALIAS);
            case AUTH_METHOD -> needles(constants, Needle.Source.AUTH_METHOD);
            case USER_AGENT -> needles(constants, Needle.Source.USER_AGENT);
            case NONE, KIND, REMEMBER_ME -> Narrowing.ANY;
        };
    }

    private static Narrowing either(Set<?> texts, Function<String, Narrowing> of) {
        return texts.stream().map(text -> of.apply((String) text)).reduce(Narrowing.NONE, Narrowing::or);
    }

    private static Narrowing person(PersonTerm.Field field, Match match, String text) {
        return Narrowing.people(Set.of(new PersonTerm(field, match, text)));
    }

    private static Narrowing sessions(Set<?> ids) {
        return either(ids, text -> SessionId.parse(text)
                .filter(id -> id.toString().equals(text))
                .map(id -> Narrowing.sids(Set.of(id.sid())).and(Narrowing.kinds(Set.of(id.kind()))))
                .orElse(Narrowing.NONE));
    }

    private static Narrowing needles(Set<?> texts, Needle.Source source) {
        return either(texts, text -> needle(source, Needle.Match.EXACT, text));
    }

    private static Narrowing needle(Needle.Source source, Needle.Match match, String text) {
        return Needle.isPlain(text) ? Narrowing.needles(Set.of(new Needle(source, match, text))) : Narrowing.ANY;
    }

    /** For a field with the canonical form of what is recorded. */
    private static Narrowing address(Needle.Match match, String text) {
        if (!IPV4_TEXT.matcher(text).matches()) {
            return Narrowing.ANY;
        }
        Set<Needle> group = new LinkedHashSet<>(Needle.MAPPED_ADDRESSES);
        group.add(new Needle(Needle.Source.RECORDED_ADDRESS, match, text));
        return Narrowing.needles(Set.copyOf(group));
    }

    private static Narrowing contains(Field field, Contains.Where where, String part) {
        return switch (field.role()) {
            case USERNAME -> person(PersonTerm.Field.USERNAME, match(where), part);
            case EMAIL -> person(PersonTerm.Field.EMAIL, match(where), part);
            case USER_ID -> userId(where, part);
            case ADDRESS -> address(searched(where), part);
            case RECORDED_ADDRESS -> needle(Needle.Source.RECORDED_ADDRESS, searched(where), part);
            case PROVIDER_ALIAS -> needle(Needle.Source.PROVIDER_ALIAS, searched(where), part);
            case AUTH_METHOD -> needle(Needle.Source.AUTH_METHOD, searched(where), part);
            case USER_AGENT -> needle(Needle.Source.USER_AGENT, searched(where), part);
            case NONE, CREATED, LAST_ACTIVE, KIND, REMEMBER_ME, SESSION_ID, SID, CLIENT_ID -> Narrowing.ANY;
        };
    }

    /** The beginning of an id that is not encoded is the beginning of Keycloak's. */
    private static Narrowing userId(Contains.Where where, String part) {
        String bare = part.startsWith(USER_PREFIX) ? part.substring(USER_PREFIX.length()) : "";
        boolean known = where == Contains.Where.START && !bare.isEmpty() && !bare.startsWith(ENCODED);
        return known ? person(PersonTerm.Field.ID, Match.PREFIX, bare) : Narrowing.ANY;
    }

    private static Match match(Contains.Where where) {
        return switch (where) {
            case START -> Match.PREFIX;
            case ANYWHERE -> Match.ANYWHERE;
            case END -> Match.SUFFIX;
        };
    }

    private static Needle.Match searched(Contains.Where where) {
        return where == Contains.Where.START ? Needle.Match.PREFIX : Needle.Match.ANYWHERE;
    }

    private static Narrowing before(Before before, boolean wanted) {
        // The times of sessions are never absent, so that "not before" is "at or after".
        if (before.left() instanceof FieldValue field && before.right() instanceof Constant constant) {
            return bound(field.field(), constant, wanted);
        }
        if (before.right() instanceof FieldValue field && before.left() instanceof Constant constant) {
            return bound(field.field(), constant, !wanted);
        }
        return Narrowing.ANY;
    }

    private static Narrowing bound(Field field, Constant constant, boolean upper) {
        if (!(constant.value() instanceof Instant time)) {
            return Narrowing.ANY;
        }
        Seconds seconds = upper
                ? new Seconds(Long.MIN_VALUE, time.getEpochSecond())
                : new Seconds(time.getEpochSecond(), Long.MAX_VALUE);
        return switch (field.role()) {
            case CREATED -> Narrowing.created(seconds);
            case LAST_ACTIVE -> Narrowing.lastActive(seconds);
            default -> Narrowing.ANY;
        };
    }

    private static Seconds hull(Set<?> times) {
        long from = Long.MAX_VALUE;
        long to = Long.MIN_VALUE;
        for (Object time : times) {
            long second = ((Instant) time).getEpochSecond();
            from = Math.min(from, second);
            to = Math.max(to, second);
        }
        return new Seconds(from, to);
    }
}
