package dev.identities.listing;

import dev.identities.session.UserId;
import java.util.List;
import java.util.Optional;

/**
 * A list that can be read on from any place, as {@link PageReader} needs it.
 *
 * @param <P> a place in the list; its text is a cursor
 * @param <R> a row, before anything expensive is done to it
 * @param <T> an item of a page
 */
interface RowList<P, R, T> {

    /** An item, and the place at which it stands. */
    record Found<P, T>(P place, T item) {}

    /** The first rows behind a place; fewer than {@code max} only at the end of the list. */
    List<R> after(Optional<P> place, int max);

    P place(R row);

    UserId user(R row);

    /** The rows of a stretch at which an item may stand, in the same order. */
    default List<R> standing(List<R> stretch) {
        return stretch;
    }

    /** The items that stand at these rows, in the same order. A row may turn out to be over, or not asked for. */
    List<Found<P, T>> complete(List<R> rows);

    /** How many rows are completed at most for one page. */
    default int maxCompleted() {
        return Integer.MAX_VALUE;
    }

    /**
     * How many rows are completed at a time.
     *
     * @param missing the items that the page lacks
     */
    default int step(int missing) {
        return missing;
    }
}
