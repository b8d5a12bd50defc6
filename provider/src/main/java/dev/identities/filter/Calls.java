package dev.identities.filter;

import dev.identities.filter.Expression.Constant;
import dev.identities.filter.Expression.Contains;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/** The functions of the language, with their arguments checked. */
final class Calls {

    /** RFC 3339, section 5.6. Java alone would take a time without seconds, and one in a zone. */
    private static final Pattern RFC_3339 = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}"
            + "(?:\\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})");

    /** The times that CEL knows. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Calls() {}

    static Expression timestamp(Expression argument, Token at) throws FilterException {
        if (argument.type() == Type.TIME) {
            return argument;
        }
        if (!(argument instanceof Constant constant) || constant.type() != Type.TEXT) {
            throw new FilterException(at.position(), "timestamp takes a text literal or time.now");
        }
        String text = (String) constant.value();
        try {
            if (RFC_3339.matcher(text).matches()) {
                return time(OffsetDateTime.parse(text).toInstant(), at);
            }
        } catch (DateTimeException noSuchDay) {
            // Said below.
        }
        throw new FilterException(
                at.position(), "not a time; write it as in RFC 3339, for example timestamp(\"2026-11-27T08:00:00Z\")");
    }

    private static Constant time(Instant time, Token at) throws FilterException {
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new FilterException(at.position(), "the time is not in the years 1 to 9999");
        }
        return new Constant(Type.TIME, time);
    }

    static Expression cidr(Expression argument, Token at) throws FilterException {
        if (!(argument instanceof Constant constant) || constant.type() != Type.TEXT) {
            throw new FilterException(at.position(), "cidr takes a text literal");
        }
        try {
            return new Constant(Type.NETWORK, Network.parse((String) constant.value()));
        } catch (IllegalArgumentException noNetwork) {
            throw new FilterException(at.position(), noNetwork.getMessage());
        }
    }

    /** A function behind a dot with one argument: of a text, or of a constant time. */
    static Expression method(Expression value, Token name, Expression argument) throws FilterException {
        return switch (name.text()) {
            case "startsWith" -> contains(value, name, Contains.Where.START, argument);
            case "contains" -> contains(value, name, Contains.Where.ANYWHERE, argument);
            case "endsWith" -> contains(value, name, Contains.Where.END, argument);
            case "add" -> moved(value, name, argument, 1);
            case "subtract" -> moved(value, name, argument, -1);
            default -> throw new IllegalArgumentException(name.text());
        };
    }

    private static Expression contains(Expression text, Token name, Contains.Where where, Expression part)
            throws FilterException {
        if (!text.type().isText() || !part.type().isText()) {
            throw new FilterException(
                    name.position(),
                    name.text() + " compares two texts, not " + text.type().shown() + " and "
                            + part.type().shown());
        }
        return Contains.of(text, where, part);
    }

    private static Expression moved(Expression value, Token name, Expression argument, int sign)
            throws FilterException {
        if (!(value instanceof Constant time) || time.type() != Type.TIME) {
            throw new FilterException(name.position(), name.text() + " stands behind timestamp(...)");
        }
        if (!(argument instanceof Constant constant) || constant.type() != Type.TEXT) {
            throw new FilterException(name.position(), name.text() + " takes a text literal, for example \"7d\"");
        }
        Duration span = Span.parse((String) constant.value())
                .orElseThrow(() -> new FilterException(
                        name.position(), "not a span of time; write for example 7d, 24h, 15m, 30s, 2w or 1d12h"));
        return time(((Instant) time.value()).plus(span.multipliedBy(sign)), name);
    }
}
