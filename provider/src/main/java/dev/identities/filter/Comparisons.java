package dev.identities.filter;

import dev.identities.address.RecordedAddress;
import dev.identities.filter.Expression.Before;
import dev.identities.filter.Expression.Choices;
import dev.identities.filter.Expression.Constant;
import dev.identities.filter.Expression.Equal;
import dev.identities.filter.Expression.FieldValue;
import dev.identities.filter.Expression.Inside;
import dev.identities.filter.Expression.Listed;
import dev.identities.filter.Expression.Not;
import dev.identities.filter.Expression.OneOf;
import java.util.Set;
import java.util.stream.Collectors;

/** Comparisons, with their types checked. */
final class Comparisons {

    private static final Set<Type> ORDERED = Set.of(Type.TEXT, Type.ADDRESS, Type.INTEGER, Type.NUMBER, Type.TIME);

    private Comparisons() {}

    /** One of {@code == != < <= > >=}. */
    static Expression of(String operator, Expression left, Expression right, int at) throws FilterException {
        boolean equality = operator.equals("==") || operator.equals("!=");
        Expression one = as(right.type(), left, equality);
        Expression other = as(left.type(), right, equality);
        if (!comparable(one.type(), other.type(), equality)) {
            throw new FilterException(
                    at,
                    "cannot compare " + left.type().shown() + " with "
                            + right.type().shown() + hint(left.type(), right.type(), equality));
        }
        return switch (operator) {
            case "==" -> Equal.of(one, other);
            case "!=" -> Not.of(Equal.of(one, other));
            case "<" -> Before.of(one, other, false);
            case "<=" -> Before.of(one, other, true);
            case ">" -> Before.of(other, one, false);
            case ">=" -> Before.of(other, one, true);
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private static boolean comparable(Type one, Type other, boolean equality) {
        boolean same = one == other || (one.isText() && other.isText());
        boolean withNull = (isNullable(one) && other == Type.NULL) || (one == Type.NULL && isNullable(other));
        return (same && ORDERED.contains(one)) || (equality && ((same && one == Type.BOOLEAN) || withNull));
    }

    /** A time is never null where a filter can name it, but ngrok compares times with null. */
    private static boolean isNullable(Type type) {
        return type == Type.NULL || type == Type.OBJECT || ORDERED.contains(type);
    }

    private static String hint(Type left, Type right, boolean equality) {
        Set<Type> types = Set.of(Type.TEXT, Type.TIME);
        if (left != right && types.contains(left) && types.contains(right)) {
            return "; write timestamp(\"...\")";
        }
        if (left == Type.LIST || right == Type.LIST) {
            return "; use in, size or exists";
        }
        if (left == Type.NETWORK || right == Type.NETWORK) {
            return "; use in";
        }
        boolean orderOnly = !equality && comparable(left, right, true);
        return orderOnly ? " by order" : "";
    }

    /** A constant in the form of what it is compared with. */
    private static Expression as(Type other, Expression expression, boolean equality) {
        if (!(expression instanceof Constant constant)) {
            return expression;
        }
        // Absent text is the empty text.
        if (equality && other.isText() && constant.type() == Type.NULL) {
            return new Constant(Type.TEXT, "");
        }
        return converts(constant.type(), other) ? new Constant(other, converted(other, constant.value())) : expression;
    }

    private static boolean converts(Type constant, Type other) {
        return (other == Type.NUMBER && constant == Type.INTEGER) || (other == Type.ADDRESS && constant == Type.TEXT);
    }

    /** Whole numbers are numbers, and an address may be written in any of its forms. */
    private static Object converted(Type other, Object value) {
        return other == Type.NUMBER ? (Object) ((Long) value).doubleValue() : RecordedAddress.canonical((String) value);
    }

    /** {@code in}: a literal list, a list field, or a network. */
    static Expression in(Expression left, Expression right, int at) throws FilterException {
        if (right instanceof Choices choices) {
            return oneOf(left, choices, at);
        }
        if (right instanceof FieldValue list && list.type() == Type.LIST) {
            if (!left.type().isText()) {
                throw new FilterException(
                        at,
                        "the list is searched for a text, not for "
                                + left.type().shown());
            }
            return new Listed(left, list, list.field().members().orElseThrow().key());
        }
        if (right instanceof Constant constant && constant.type() == Type.NETWORK) {
            if (left.type() != Type.ADDRESS) {
                throw new FilterException(
                        at,
                        "only an address is in a network, not " + left.type().shown() + "; use ip_address");
            }
            return new Inside(left, (Network) constant.value());
        }
        throw new FilterException(
                at,
                "in needs a list or cidr(\"...\") behind it, not "
                        + right.type().shown());
    }

    private static Expression oneOf(Expression value, Choices choices, int at) throws FilterException {
        boolean convert = converts(choices.element(), value.type());
        Type element = convert ? value.type() : choices.element();
        boolean same =
                element == value.type() || (element.isText() && value.type().isText());
        if (!same || !(ORDERED.contains(element) || element == Type.BOOLEAN)) {
            throw new FilterException(
                    at,
                    value.type().shown() + " cannot be in a list of "
                            + choices.element().shown());
        }
        Set<Object> values = convert
                ? choices.values().stream()
                        .map(choice -> converted(element, choice))
                        .collect(Collectors.toUnmodifiableSet())
                : choices.values();
        return OneOf.of(value, new Choices(element, values));
    }
}
