package dev.identities.listing;

import dev.identities.filter.Narrowing;
import dev.identities.session.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The filter of a list, compiled for one caller and one moment.
 *
 * <p>Where a page ends can depend on what the store leaves out. So nothing here may go by what the caller may not see:
 * the people and applications are those that they may see, and the narrowing of a caller who may not see everybody says
 * nothing about the content of sessions.
 *
 * @param asksFor whether an item is asked for, judged by what the caller may see of it. This decides
 * @param looksAtClients whether that looks at the applications of a session
 * @param narrowing what a store may leave out without reading it, but for its people and clients, which come below
 * @param users only items of these users; empty where their number is large or not known
 * @param clients a conjunction: of each group, the session reached at least one application of this internal id. A group
 *     is never empty
 * @param costly for a filter that looks at other sessions of the person; empty if it looks at the item alone
 * @param readAhead is told which items are judged next, as many as a page has. Not used by scans of sessions
 */
public record ListFilter<T>(
        Predicate<T> asksFor,
        boolean looksAtClients,
        Narrowing narrowing,
        Optional<Set<UserId>> users,
        List<Set<String>> clients,
        Optional<Costly<T>> costly,
        Consumer<List<T>> readAhead) {

    /** The most users in a set of users, because a query names each of them. */
    public static final int MAX_USERS = 1_000;

    /** The most items that are read for at a time: each may be of another person, of whom ten sessions are read. */
    static final int BATCH = 200;

    /**
     * How to decide about many items by few reads.
     *
     * @param mayAskFor false for an item that is not asked for, whatever would be read
     * @param read reads what {@code asksFor} looks at for all of these items
     */
    public record Costly<T>(Predicate<T> mayAskFor, Consumer<List<T>> read) {}

    /** A filter that decides about each item alone. */
    public ListFilter(
            Predicate<T> asksFor,
            boolean looksAtClients,
            Narrowing narrowing,
            Optional<Set<UserId>> users,
            List<Set<String>> clients) {
        this(asksFor, looksAtClients, narrowing, users, clients, Optional.empty(), next -> {});
    }

    /** Those of these items that are asked for, in their order. */
    List<T> asked(List<T> items) {
        readAhead.accept(items);
        if (costly.isEmpty()) {
            return items.stream().filter(asksFor).toList();
        }
        List<T> candidates = items.stream().filter(costly.get().mayAskFor()).toList();
        List<T> asked = new ArrayList<>();
        for (int from = 0; from < candidates.size(); from += BATCH) {
            List<T> batch = candidates.subList(from, Math.min(candidates.size(), from + BATCH));
            costly.get().read().accept(batch);
            batch.stream().filter(asksFor).forEach(asked::add);
        }
        return List.copyOf(asked);
    }

    /** Whether nothing can match. Then no store is asked. */
    public boolean isImpossible() {
        return narrowing.impossible() || users.filter(Set::isEmpty).isPresent();
    }
}
