package dev.identities.listing;

import dev.identities.session.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads a list in bounded steps until a page is full. It passes over rows that are hidden from the caller, over, or not
 * asked for. When it reaches a bound first, the page is short or empty, and the cursor names the place to read on.
 *
 * <p>The cursor of a full page names its last item. The cursor of a page that stopped at a bound is sealed, because the
 * caller may not be allowed to see the row at that place.
 */
final class PageReader {

    /**
     * The most rows read for one page. Each row may cost a permission evaluation, and a caller who may see few people
     * must not keep the server busy. Not measured on a large realm.
     */
    static final int MAX_SCANNED = 20_000;

    /**
     * The most rows per read. Each read is twice the one before, from one page on, because hidden rows come in runs.
     */
    static final int MAX_STEP = 500;

    private final CursorSeal seal;
    private final int maxScanned;

    PageReader(CursorSeal seal) {
        this(seal, MAX_SCANNED);
    }

    /** For tests that are to reach the bound with few rows. */
    PageReader(CursorSeal seal, int maxScanned) {
        this.seal = seal;
        this.maxScanned = maxScanned;
    }

    /**
     * A page of that list.
     *
     * @param from the place behind which it begins
     * @param limit the most items
     * @param visible whom the caller may see
     */
    <P, R, T> Page<T> page(RowList<P, R, T> list, Optional<P> from, int limit, Predicate<UserId> visible) {
        // One more than is shown tells whether there is a next page.
        int wanted = limit + 1;
        List<RowList.Found<P, T>> found = new ArrayList<>(wanted);
        Optional<P> place = from;
        int step = wanted;
        int scanned = 0;
        int completed = 0;
        while (scanned < maxScanned) {
            List<R> stretch = list.after(place, step);
            List<R> candidates = list.standing(stretch).stream()
                    .filter(row -> visible.test(list.user(row)))
                    .toList();
            for (int start = 0; start < candidates.size(); ) {
                int end = Math.min(candidates.size(), start + list.step(wanted - found.size()));
                found.addAll(list.complete(candidates.subList(start, end)));
                if (found.size() >= wanted) {
                    return new Page<>(
                            items(found.subList(0, limit)),
                            Optional.of(found.get(limit - 1).place().toString()));
                }
                completed += end - start;
                if (completed >= list.maxCompleted()) {
                    return stopped(found, list.place(candidates.get(end - 1)));
                }
                start = end;
            }
            if (stretch.size() < step) {
                return new Page<>(items(found), Optional.empty());
            }
            R last = stretch.get(stretch.size() - 1);
            place = Optional.of(list.place(last));
            scanned += stretch.size();
            step = Math.min(2 * step, MAX_STEP);
        }
        return stopped(found, place.orElseThrow());
    }

    private <P, T> Page<T> stopped(List<RowList.Found<P, T>> found, P place) {
        return new Page<>(items(found), Optional.of(seal.seal(place.toString())));
    }

    private static <P, T> List<T> items(List<RowList.Found<P, T>> found) {
        return found.stream().map(RowList.Found::item).toList();
    }
}
