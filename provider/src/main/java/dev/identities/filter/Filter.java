package dev.identities.filter;

import dev.identities.session.Identity;
import dev.identities.session.Session;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A compiled filter of a list. Immutable. Everything in its text has been checked, so that it can decide about each row
 * without an error.
 *
 * @param <T> what the list is of
 */
public final class Filter<T> {

    /** The longest text, because a filter travels in a URL, and servers and proxies take about 8 KB. */
    static final int MAX_LENGTH = 4_096;

    private final Expression condition;
    private final Expression withoutSignals;
    private final String canonical;
    private final Narrowing narrowing;
    private final BiFunction<T, Surroundings, Scope> scope;

    private Filter(Expression condition, String canonical, BiFunction<T, Surroundings, Scope> scope) {
        this.condition = condition;
        this.withoutSignals = Widening.without(Part.SIGNALS, condition, true);
        this.canonical = canonical;
        this.narrowing = NarrowingRules.of(condition, true);
        this.scope = scope;
    }

    /**
     * A filter of sessions.
     *
     * @param text untrusted
     * @param now what {@code time.now} is; whole seconds are taken, as a list shows times
     */
    public static Filter<Session> ofSessions(String text, Instant now) throws FilterException {
        return compile(text, now, SessionFields.ALL, Scope::of);
    }

    /** The same for users. */
    public static Filter<Identity> ofUsers(String text, Instant now) throws FilterException {
        return compile(text, now, UserFields.ALL, Scope::of);
    }

    private static <T> Filter<T> compile(
            String text, Instant now, Vocabulary fields, BiFunction<T, Surroundings, Scope> scope)
            throws FilterException {
        if (text.length() > MAX_LENGTH) {
            throw new FilterException(MAX_LENGTH + 1, "a filter has at most " + MAX_LENGTH + " characters");
        }
        List<Token> tokens = Lexer.tokens(text);
        Expression condition = new Parser(tokens, fields, now.truncatedTo(ChronoUnit.SECONDS)).filter();
        return new Filter<>(condition, Canonical.text(tokens), scope);
    }

    /** Whether the filter asks for this item, as the caller of these surroundings sees it. */
    public boolean matches(T item, Surroundings around) {
        return condition.holds(scope.apply(item, around));
    }

    /**
     * False if the filter does not ask for this item whatever its signals are. This looks at no signals, because those
     * are read for many items at once.
     */
    public boolean mayMatch(T item, Surroundings around) {
        return withoutSignals.holds(scope.apply(item, around));
    }

    /** What a store may leave out beforehand. */
    public Narrowing narrowing() {
        return narrowing;
    }

    /** What the filter looks at. Conditions on cheaper parts are decided first. */
    public Set<Part> parts() {
        return condition.parts();
    }

    /** True or false if the filter says the same of every row; empty if it depends on the row. */
    public Optional<Boolean> constant() {
        return condition instanceof Expression.Constant constant
                ? Optional.of((Boolean) constant.value())
                : Optional.empty();
    }

    /**
     * The text in one form of writing: blanks and quotes are always the same. Two texts that differ in nothing else
     * have one canonical text, and it compiles to the same filter. {@code time.now} stays as it is.
     */
    public String canonical() {
        return canonical;
    }
}
