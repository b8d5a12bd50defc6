package dev.identities.filter;

import dev.identities.filter.Expression.Choices;
import dev.identities.filter.Expression.Constant;
import dev.identities.filter.Expression.Exists;
import dev.identities.filter.Expression.FieldValue;
import dev.identities.filter.Expression.Join;
import dev.identities.filter.Expression.Not;
import dev.identities.filter.Expression.Size;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a filter by recursive descent, with CEL's precedence: {@code ||}, {@code &&}, comparisons (from left to right),
 * {@code !}, members. Types and constants are checked while it reads.
 */
final class Parser {

    /**
     * The deepest nesting of parentheses, negations and calls, because each level takes some of the stack of a request.
     * People write three or four.
     */
    static final int MAX_DEPTH = 32;

    /** The most conditions, because each is asked about every row that is read, which may be a million. */
    static final int MAX_CONDITIONS = 64;

    private static final String OBJECT = "obj";
    private static final Set<String> RELATIONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final List<Token> tokens;
    private final Vocabulary fields;
    private final Instant now;

    private int next;
    private int depth;
    private int conditions;

    /** The name and the fields of the variable of the {@code exists} that is being read. */
    private Optional<Variable> variable = Optional.empty();

    private record Variable(String name, Vocabulary fields) {}

    Parser(List<Token> tokens, Vocabulary fields, Instant now) {
        this.tokens = tokens;
        this.fields = fields;
        this.now = now;
    }

    /** The whole text as one condition. */
    Expression filter() throws FilterException {
        if (peek().kind() == Token.Kind.END) {
            throw problem(peek(), "the filter is empty");
        }
        Token start = peek();
        Expression filter = or();
        // First, because what follows is more likely the mistake than the type of what was read.
        if (peek().kind() != Token.Kind.END) {
            throw unexpected(peek(), "expected &&, || or the end");
        }
        return condition(filter, start, "a filter");
    }

    private static Expression condition(Expression expression, Token at, String what) throws FilterException {
        if (expression.type() != Type.BOOLEAN) {
            throw problem(
                    at, what + " needs a condition, not " + expression.type().shown());
        }
        return expression;
    }

    private Expression or() throws FilterException {
        return join("||", false);
    }

    private Expression and() throws FilterException {
        return join("&&", true);
    }

    private Expression join(String symbol, boolean all) throws FilterException {
        Token start = peek();
        Expression first = all ? relation() : and();
        if (!peek().is(symbol)) {
            return first;
        }
        List<Expression> parts = new ArrayList<>(List.of(condition(first, start, symbol)));
        while (take(symbol)) {
            Token at = peek();
            parts.add(condition(all ? relation() : and(), at, symbol));
        }
        return Join.of(all, parts);
    }

    private Expression relation() throws FilterException {
        Expression left = unary();
        while (isRelation(peek())) {
            Token operator = take();
            Expression right = unary();
            left = operator.text().equals("in")
                    ? Comparisons.in(left, right, operator.position())
                    : Comparisons.of(operator.text(), left, right, operator.position());
            count(operator);
        }
        return left;
    }

    private static boolean isRelation(Token token) {
        return (token.kind() == Token.Kind.SYMBOL && RELATIONS.contains(token.text()))
                || (token.kind() == Token.Kind.NAME && token.text().equals("in"));
    }

    private Expression unary() throws FilterException {
        Token start = peek();
        if (take("!")) {
            descend(start);
            Token at = peek();
            Expression negation = Not.of(condition(unary(), at, "!"));
            depth--;
            return negation;
        }
        if (take("-")) {
            Token number = take();
            return switch (number.kind()) {
                case INTEGER -> integer(number, true);
                case NUMBER -> number(number, true);
                default -> throw problem(start, "- only stands before a number; arithmetic is not supported");
            };
        }
        return member();
    }

    private Expression member() throws FilterException {
        Token start = peek();
        Expression value = primary();
        while (true) {
            if (peek().is("[")) {
                throw problem(peek(), "an index is not supported; use in, size or exists");
            }
            if (!take(".")) {
                return value;
            }
            Token name = name();
            if (!peek().is("(")) {
                throw problem(name, value.type().shown() + " has no members");
            }
            value = method(value, name, start);
        }
    }

    private Expression method(Expression value, Token name, Token start) throws FilterException {
        if (value instanceof FieldValue list && name.text().equals("exists")) {
            return exists(list, name);
        }
        List<Expression> arguments = arguments();
        return switch (name.text()) {
            case "startsWith", "contains", "endsWith", "add", "subtract" -> {
                if (arguments.size() != 1) {
                    throw problem(name, name.text() + " takes one argument");
                }
                Expression result = Calls.method(value, name, arguments.get(0));
                if (result.type() == Type.BOOLEAN) {
                    count(name);
                }
                yield result;
            }
            case "size" -> {
                if (!arguments.isEmpty()) {
                    throw problem(name, "size after a dot takes no argument");
                }
                yield size(value, start);
            }
            case "exists" ->
                throw problem(
                        name, "exists looks into a list, not " + value.type().shown());
            default ->
                throw problem(
                        name,
                        "unknown function " + name.text()
                                + "; there are startsWith, contains, endsWith, size, exists, add and subtract");
        };
    }

    private Expression exists(FieldValue list, Token name) throws FilterException {
        if (list.type() != Type.LIST) {
            throw problem(name, "exists looks into a list, not " + list.type().shown());
        }
        if (variable.isPresent()) {
            throw problem(name, "exists cannot stand inside exists");
        }
        descend(name);
        expect("(");
        Token element = name();
        if (element.text().equals(OBJECT)) {
            throw problem(element, "the variable of exists needs another name than " + OBJECT);
        }
        expect(",");
        variable = Optional.of(new Variable(
                element.text(), list.field().members().orElseThrow().fields()));
        Token start = peek();
        Expression condition = condition(or(), start, "exists");
        variable = Optional.empty();
        expect(")");
        depth--;
        count(name);
        return Exists.of(list, condition);
    }

    private Expression primary() throws FilterException {
        Token token = take();
        return switch (token.kind()) {
            case TEXT -> new Constant(Type.TEXT, token.text());
            case INTEGER -> integer(token, false);
            case NUMBER -> number(token, false);
            case NAME -> named(token);
            case SYMBOL -> bracketed(token);
            case END -> throw problem(token, "a value is missing");
        };
    }

    private Expression bracketed(Token token) throws FilterException {
        if (token.is("(")) {
            descend(token);
            Expression inner = or();
            expect(")");
            depth--;
            return inner;
        }
        if (token.is("[")) {
            descend(token);
            Expression list = choices(token);
            depth--;
            return list;
        }
        throw unexpected(token, "expected a value");
    }

    private Expression choices(Token start) throws FilterException {
        Type type = Type.NULL;
        Set<Object> values = new LinkedHashSet<>();
        while (!take("]")) {
            if (!values.isEmpty()) {
                expect(",");
            }
            Token at = peek();
            if (!(or() instanceof Constant constant) || constant.value() == null) {
                throw problem(at, "a list holds constants only");
            }
            if (constant.type() == Type.NETWORK) {
                throw problem(at, "a list cannot hold a network; join in cidr(...) by ||");
            }
            if (!values.isEmpty() && constant.type() != type) {
                throw problem(
                        at,
                        "the list holds " + type.shown() + " and "
                                + constant.type().shown());
            }
            type = constant.type();
            values.add(constant.value());
        }
        if (values.isEmpty()) {
            throw problem(start, "the list is empty");
        }
        return new Choices(type, values);
    }

    private Expression named(Token token) throws FilterException {
        switch (token.text()) {
            case "true", "false" -> {
                return Constant.of(token.text().equals("true"));
            }
            case "null" -> {
                return new Constant(Type.NULL, null);
            }
            default -> {}
        }
        if (peek().is("(")) {
            return function(token);
        }
        if (variable.isPresent() && variable.get().name().equals(token.text())) {
            return field(token, variable.get().fields());
        }
        if (token.text().equals(OBJECT)) {
            return field(token, fields);
        }
        if (token.text().equals("time") && take(".")) {
            Token member = name();
            if (!member.text().equals("now")) {
                throw problem(member, "unknown name time." + member.text() + "; there is time.now");
            }
            return new Constant(Type.TIME, now);
        }
        throw problem(
                token,
                "unknown name " + token.text() + "; fields begin with "
                        + variable.map(inside -> inside.name() + ". or ").orElse("") + OBJECT + ".");
    }

    private Expression function(Token name) throws FilterException {
        List<Expression> arguments = arguments();
        boolean known = Set.of("size", "timestamp", "cidr").contains(name.text());
        if (!known) {
            throw problem(name, "unknown function " + name.text() + "; there are size, timestamp and cidr");
        }
        if (arguments.size() != 1) {
            throw problem(name, name.text() + " takes one argument");
        }
        return switch (name.text()) {
            case "timestamp" -> Calls.timestamp(arguments.get(0), name);
            case "cidr" -> Calls.cidr(arguments.get(0), name);
            default -> size(arguments.get(0), name);
        };
    }

    private static Expression size(Expression of, Token at) throws FilterException {
        if (!of.type().isText() && (of.type() != Type.LIST || of instanceof Choices)) {
            throw problem(
                    at, "size is of a text or of a list field, not " + of.type().shown());
        }
        return Size.of(of);
    }

    private List<Expression> arguments() throws FilterException {
        Token open = expect("(");
        descend(open);
        List<Expression> arguments = new ArrayList<>();
        while (!take(")")) {
            if (!arguments.isEmpty()) {
                expect(",");
            }
            arguments.add(or());
        }
        depth--;
        return arguments;
    }

    /** The longest path that is no call. */
    private Expression field(Token root, Vocabulary of) throws FilterException {
        StringBuilder path = new StringBuilder();
        Token last = root;
        while (peek().is(".") && !isCall()) {
            take();
            last = name();
            String object = path.toString();
            path.append(path.isEmpty() ? "" : ".").append(last.text());
            if (of.field(path.toString()).isEmpty() && !of.hasMembers(path.toString())) {
                List<String> members = of.members(object);
                throw problem(
                        last,
                        "unknown field " + root.text() + "." + path + "; " + root.text()
                                + (object.isEmpty() ? "" : "." + object) + " has "
                                + (members.isEmpty() ? "no members" : String.join(", ", members)));
            }
        }
        Optional<Field> field = of.field(path.toString());
        if (field.isEmpty()) {
            throw problem(
                    last,
                    root.text() + " is no value; name a member of it, for example " + root.text() + "."
                            + of.fields().get(0).name());
        }
        if (field.get().type() == Type.BOOLEAN) {
            count(last);
        }
        return new FieldValue(field.get());
    }

    /** Whether the name behind a dot is that of a function. */
    private boolean isCall() {
        return next + 2 < tokens.size() && tokens.get(next + 2).is("(");
    }

    private static Constant integer(Token token, boolean negative) throws FilterException {
        boolean hexadecimal = token.text().startsWith("0x");
        BigInteger magnitude =
                hexadecimal ? new BigInteger(token.text().substring(2), 16) : new BigInteger(token.text());
        BigInteger value = negative ? magnitude.negate() : magnitude;
        if (value.bitLength() >= Long.SIZE) {
            throw problem(token, "the number is too large");
        }
        return new Constant(Type.INTEGER, value.longValue());
    }

    private static Constant number(Token token, boolean negative) throws FilterException {
        double value = Double.parseDouble(token.text());
        if (Double.isInfinite(value)) {
            throw problem(token, "the number is too large");
        }
        // A zero has no sign, because a list of numbers could not tell the two apart.
        return new Constant(Type.NUMBER, value == 0 ? 0.0 : negative ? -value : value);
    }

    private void descend(Token at) throws FilterException {
        depth++;
        if (depth > MAX_DEPTH) {
            throw problem(at, "a filter has at most " + MAX_DEPTH + " levels");
        }
    }

    private void count(Token at) throws FilterException {
        conditions++;
        if (conditions > MAX_CONDITIONS) {
            throw problem(at, "a filter has at most " + MAX_CONDITIONS + " conditions");
        }
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Token.Kind.END) {
            next++;
        }
        return token;
    }

    private boolean take(String symbol) {
        boolean there = peek().is(symbol);
        if (there) {
            next++;
        }
        return there;
    }

    private Token expect(String symbol) throws FilterException {
        Token token = take();
        if (!token.is(symbol)) {
            throw unexpected(token, "expected " + symbol);
        }
        return token;
    }

    private Token name() throws FilterException {
        Token token = take();
        if (token.kind() != Token.Kind.NAME) {
            throw unexpected(token, "expected a name");
        }
        return token;
    }

    private static FilterException unexpected(Token token, String expected) {
        return problem(token, "unexpected " + token.shown() + "; " + expected);
    }

    private static FilterException problem(Token at, String problem) {
        return new FilterException(at.position(), problem);
    }
}
