package dev.identities.filter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A part of a compiled filter. Types have been checked, so that a value can always be made.
 *
 * <p>The factory methods decide at once what does not depend on a row, so that a filter that is always true is the
 * constant.
 */
sealed interface Expression {

    Type type();

    /** Its value for a row, as its type has it. */
    Object value(Scope scope);

    /** What the value costs. */
    Set<Part> parts();

    /** Whether it holds for a row; only for conditions. */
    default boolean holds(Scope scope) {
        return (Boolean) value(scope);
    }

    /** A value that is the same for every row. */
    record Constant(Type type, Object value) implements Expression {

        static final Constant TRUE = new Constant(Type.BOOLEAN, true);
        static final Constant FALSE = new Constant(Type.BOOLEAN, false);

        static Constant of(boolean value) {
            return value ? TRUE : FALSE;
        }

        @Override
        public Object value(Scope scope) {
            return value;
        }

        @Override
        public Set<Part> parts() {
            return Set.of();
        }
    }

    /** A literal list, which only stands behind {@code in}. */
    record Choices(Type element, Set<Object> values) implements Expression {

        @Override
        public Type type() {
            return Type.LIST;
        }

        @Override
        public Object value(Scope scope) {
            return List.copyOf(values);
        }

        @Override
        public Set<Part> parts() {
            return Set.of();
        }
    }

    /** The value of a field. */
    record FieldValue(Field field) implements Expression {

        @Override
        public Type type() {
            return field.type();
        }

        @Override
        public Object value(Scope scope) {
            return field.read().apply(scope);
        }

        @Override
        public Set<Part> parts() {
            return field.parts();
        }
    }

    /** The number of code points of a text, or of members of a list. */
    record Size(Expression of) implements Expression {

        static Expression of(Expression value) {
            Size size = new Size(value);
            return value instanceof Constant ? new Constant(Type.INTEGER, size.value(null)) : size;
        }

        @Override
        public Type type() {
            return Type.INTEGER;
        }

        @Override
        public Object value(Scope scope) {
            Object value = of.value(scope);
            return value instanceof String text
                    ? (long) text.codePointCount(0, text.length())
                    : (long) ((Collection<?>) value).size();
        }

        @Override
        public Set<Part> parts() {
            return of.parts();
        }
    }

    /** A condition. */
    sealed interface Condition extends Expression {

        @Override
        default Type type() {
            return Type.BOOLEAN;
        }

        @Override
        default Object value(Scope scope) {
            return holds(scope);
        }

        @Override
        boolean holds(Scope scope);
    }

    /** A negation. */
    record Not(Expression condition) implements Condition {

        static Expression of(Expression condition) {
            if (condition instanceof Constant constant) {
                return Constant.of(!constant.holds(null));
            }
            return condition instanceof Not negation ? negation.condition : new Not(condition);
        }

        @Override
        public boolean holds(Scope scope) {
            return !condition.holds(scope);
        }

        @Override
        public Set<Part> parts() {
            return condition.parts();
        }
    }

    /**
     * Conditions joined by {@code &&} or {@code ||}, those that cost less first. A condition has no side effect and
     * cannot fail, so their order makes no other difference.
     *
     * @param all whether all must hold, or one
     */
    record Join(boolean all, List<Expression> conditions) implements Condition {

        static Expression of(boolean all, List<Expression> conditions) {
            Set<Expression> different = new LinkedHashSet<>();
            for (Expression condition : conditions) {
                if (condition instanceof Join join && join.all == all) {
                    different.addAll(join.conditions);
                } else {
                    different.add(condition);
                }
            }
            Constant decisive = Constant.of(!all);
            if (different.contains(decisive)
                    || different.stream().anyMatch(condition -> different.contains(Not.of(condition)))) {
                return decisive;
            }
            different.remove(Constant.of(all));
            if (different.isEmpty()) {
                return Constant.of(all);
            }
            List<Expression> ordered = new ArrayList<>(different);
            ordered.sort(Comparator.comparing(Join::dearest, Comparator.nullsFirst(Comparator.naturalOrder())));
            return ordered.size() == 1 ? ordered.get(0) : new Join(all, List.copyOf(ordered));
        }

        private static Part dearest(Expression condition) {
            return condition.parts().stream().max(Comparator.naturalOrder()).orElse(null);
        }

        @Override
        public boolean holds(Scope scope) {
            for (Expression condition : conditions) {
                if (condition.holds(scope) != all) {
                    return !all;
                }
            }
            return all;
        }

        @Override
        public Set<Part> parts() {
            return union(conditions);
        }
    }

    /** Two values of one type are equal. Absent is equal to absent. */
    record Equal(Expression left, Expression right) implements Condition {

        static Expression of(Expression left, Expression right) {
            if (left instanceof Constant && right instanceof Constant) {
                return Constant.of(new Equal(left, right).holds(null));
            }
            if (left.equals(right)) {
                return Constant.TRUE;
            }
            if (left instanceof Constant) {
                return of(right, left);
            }
            if (right instanceof Constant constant && constant.type() == Type.BOOLEAN) {
                return constant.holds(null) ? left : Not.of(left);
            }
            return new Equal(left, right);
        }

        @Override
        public boolean holds(Scope scope) {
            Object one = left.value(scope);
            Object other = right.value(scope);
            return one == null ? other == null : one.equals(other);
        }

        @Override
        public Set<Part> parts() {
            return union(List.of(left, right));
        }
    }

    /**
     * The left value is before the right one, or equal to it. Texts are in the order of their code points. False when a
     * field is absent.
     */
    record Before(Expression left, Expression right, boolean orEqual) implements Condition {

        static Expression of(Expression left, Expression right, boolean orEqual) {
            Before before = new Before(left, right, orEqual);
            return left instanceof Constant && right instanceof Constant ? Constant.of(before.holds(null)) : before;
        }

        @Override
        public boolean holds(Scope scope) {
            Object one = left.value(scope);
            Object other = right.value(scope);
            if (isAbsent(left, one) || isAbsent(right, other)) {
                return false;
            }
            int order = compare(one, other);
            return orEqual ? order <= 0 : order < 0;
        }

        private static boolean isAbsent(Expression expression, Object value) {
            return value == null || (value.equals("") && !(expression instanceof Constant));
        }

        private static int compare(Object one, Object other) {
            if (one instanceof String text) {
                return compareCodePoints(text, (String) other);
            }
            if (one instanceof Instant time) {
                return time.compareTo((Instant) other);
            }
            return one instanceof Long number
                    ? number.compareTo((Long) other)
                    : ((Double) one).compareTo((Double) other);
        }

        /** Java compares by UTF-16 units, which puts U+FFFF behind U+10000. */
        private static int compareCodePoints(String one, String other) {
            int end = Math.min(one.length(), other.length());
            for (int at = 0; at < end; at++) {
                if (one.charAt(at) != other.charAt(at)) {
                    // In the middle of a pair both have the same first half, so the second halves decide.
                    return Integer.compare(one.codePointAt(at), other.codePointAt(at));
                }
            }
            return Integer.compare(one.length(), other.length());
        }

        @Override
        public Set<Part> parts() {
            return union(List.of(left, right));
        }
    }

    /** A value is one of a literal list. */
    record OneOf(Expression value, Choices choices) implements Condition {

        static Expression of(Expression value, Choices choices) {
            OneOf oneOf = new OneOf(value, choices);
            return value instanceof Constant || choices.values().isEmpty()
                    ? Constant.of(!choices.values().isEmpty() && oneOf.holds(null))
                    : oneOf;
        }

        @Override
        public boolean holds(Scope scope) {
            Object one = value.value(scope);
            return one != null && choices.values().contains(one);
        }

        @Override
        public Set<Part> parts() {
            return value.parts();
        }
    }

    /** The key of a member of a list is a text. */
    record Listed(Expression text, FieldValue list, Field key) implements Condition {

        @Override
        public boolean holds(Scope scope) {
            Object wanted = text.value(scope);
            for (Object member : (List<?>) list.value(scope)) {
                if (wanted.equals(key.read().apply(scope.inside(member)))) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Set<Part> parts() {
            return union(List.of(text, list));
        }
    }

    /** A condition holds for a member of a list. */
    record Exists(FieldValue list, Expression condition) implements Condition {

        static Expression of(FieldValue list, Expression condition) {
            return condition.equals(Constant.FALSE) ? Constant.FALSE : new Exists(list, condition);
        }

        @Override
        public boolean holds(Scope scope) {
            for (Object member : (List<?>) list.value(scope)) {
                if (condition.holds(scope.inside(member))) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Set<Part> parts() {
            return union(List.of(list, condition));
        }
    }

    /** An address is in a network. A text that is no address is in none. */
    record Inside(Expression address, Network network) implements Condition {

        @Override
        public boolean holds(Scope scope) {
            return network.contains((String) address.value(scope));
        }

        @Override
        public Set<Part> parts() {
            return address.parts();
        }
    }

    /** A text contains another. */
    record Contains(Expression text, Where where, Expression part) implements Condition {

        /** Where in the text. */
        enum Where {
            START,
            ANYWHERE,
            END
        }

        static Expression of(Expression text, Where where, Expression part) {
            Contains contains = new Contains(text, where, part);
            boolean constant = text instanceof Constant && part instanceof Constant;
            // Every text contains the empty one.
            boolean always = part instanceof Constant known && known.value().equals("");
            return constant || always ? Constant.of(always || contains.holds(null)) : contains;
        }

        @Override
        public boolean holds(Scope scope) {
            String whole = (String) text.value(scope);
            String wanted = (String) part.value(scope);
            return switch (where) {
                case START -> whole.startsWith(wanted);
                case ANYWHERE -> whole.contains(wanted);
                case END -> whole.endsWith(wanted);
            };
        }

        @Override
        public Set<Part> parts() {
            return union(List.of(text, part));
        }
    }

    private static Set<Part> union(Collection<Expression> expressions) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        expressions.forEach(expression -> parts.addAll(expression.parts()));
        return Set.copyOf(parts);
    }
}
