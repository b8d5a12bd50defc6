package dev.identities.keycloak.sessions;

import dev.identities.listing.Branch;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads a branch of the session table along an index that has a bucket before the time, as Keycloak 26.8 has it. The
 * newest rows of the branch are among the newest of each bucket. So a first statement asks for the seconds of a few rows
 * of each bucket. They say how far down the wanted rows reach, and a second statement reads that short end of each bucket
 * and sorts it.
 *
 * <p>The column is named in SQL, because older Keycloaks have no attribute for it.
 */
final class Buckets {

    /** Many times what Keycloak uses. With more, a branch is read whole: right, but slow. */
    private static final int MOST = 512;

    /** The most parts of a union. More make a statement that databases take long to read. */
    private static final int PER_UNION = 64;

    /** Rows asked of each bucket beyond twice its share, because sessions are spread by chance. */
    private static final int MARGIN = 4;

    /** How many times more rows a bucket is asked for next, when it has more of the wanted rows than were asked for. */
    private static final int GROWTH = 4;

    private static final String COLUMN = "sql('" + SessionIndexes.BUCKET + "')";

    private final EntityManager em;
    private final Collation collation;

    /** By branch. Kept here, so that all reads of a page ask once. */
    private final Map<Branch, List<Integer>> known = new HashMap<>();

    Buckets(EntityManager em, Collation collation) {
        this.em = em;
        this.collation = collation;
    }

    /**
     * Narrows a range to where its first rows are.
     *
     * @param all all rows of the branch
     * @param range the wanted rows
     * @param max how many of them are read
     * @return empty where there is no such row
     */
    Optional<NarrowRange> narrow(Branch branch, HqlBuilder all, HqlBuilder range, String time, int max) {
        List<Integer> buckets = known.computeIfAbsent(branch, unknown -> buckets(all));
        if (buckets.isEmpty()) {
            return Optional.empty();
        }
        if (buckets.size() > MOST) {
            return Optional.of(new NarrowRange(range, false));
        }
        List<Integer> newest = newest(range, time, buckets, max);
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new NarrowRange(
                range.add(" and " + COLUMN + " in " + list(buckets))
                        .add(" and " + time + " >= :oldest", "oldest", newest.get(newest.size() - 1)),
                newest.size() == max));
    }

    /** From the first bucket to the last one that has a row of the branch. */
    private List<Integer> buckets(HqlBuilder all) {
        // The functions stand in the SQL too, because around an expression of HQL they would read all rows.
        Tuple ends = all.select("sql('min(" + SessionIndexes.BUCKET + ")') as first, sql('max(" + SessionIndexes.BUCKET
                        + ")') as last")
                .query(em)
                .getSingleResult();
        return ends.get("first") == null
                ? List.of()
                : IntStream.rangeClosed(number(ends, "first"), number(ends, "last"))
                        .boxed()
                        .toList();
    }

    /** The seconds of the newest rows, newest first: so many, or all if there are fewer. */
    private List<Integer> newest(HqlBuilder range, String time, List<Integer> buckets, int max) {
        Map<Integer, List<Integer>> newest = new HashMap<>();
        int each = Math.min(max, 2 * max / buckets.size() + MARGIN);
        List<Integer> next = buckets;
        while (true) {
            Map<Integer, List<Integer>> read = seconds(range, time, next, each);
            newest.putAll(read);
            List<Integer> found = newest.values().stream()
                    .flatMap(List::stream)
                    .sorted(Comparator.reverseOrder())
                    .limit(max)
                    .toList();
            int asked = each;
            next = read.keySet().stream()
                    .filter(bucket -> goesOn(read.get(bucket), asked, found, max))
                    .sorted()
                    .toList();
            if (next.isEmpty() || each == max) {
                return found;
            }
            each = Math.min(max, each * GROWTH);
        }
    }

    /** Whether a bucket may have more of the wanted rows, after so many of its rows were asked for. */
    private static boolean goesOn(List<Integer> seconds, int asked, List<Integer> found, int max) {
        return seconds.size() == asked && (found.size() < max || seconds.get(asked - 1) > found.get(max - 1));
    }

    /** The seconds of the newest rows of each of these buckets, newest first, by bucket. */
    private Map<Integer, List<Integer>> seconds(HqlBuilder range, String time, List<Integer> buckets, int each) {
        List<Tuple> read = new ArrayList<>();
        if (collation == Collation.LANGUAGE) {
            read.addAll(perBucket(range, time, buckets, each).query(em).getResultList());
        } else {
            for (int from = 0; from < buckets.size(); from += PER_UNION) {
                List<Integer> some = buckets.subList(from, Math.min(buckets.size(), from + PER_UNION));
                read.addAll(union(range, time, some, each).query(em).getResultList());
            }
        }
        return read.stream()
                .collect(Collectors.groupingBy(
                        row -> number(row, "bucket"),
                        Collectors.mapping(row -> number(row, "second"), Collectors.toList())));
    }

    /** PostgreSQL plans this once for all buckets. It plans each part of a union, which takes longer than to read them. */
    private static HqlBuilder perBucket(HqlBuilder range, String time, List<Integer> buckets, int each) {
        int first = buckets.get(0);
        int last = buckets.get(buckets.size() - 1);
        String numbers = "(select cast(b as Integer) as bucket from generate_series(" + first + ", " + last + ") b)";
        return with(
                range,
                "select g.bucket as bucket, r.second as second from " + numbers + " g join lateral ("
                        + newest(range, time, "sql('?', g.bucket)", each) + ") r on true");
    }

    private static HqlBuilder union(HqlBuilder range, String time, List<Integer> buckets, int each) {
        return with(
                range,
                buckets.stream()
                        .map(bucket -> "(" + newest(range, bucket + " as bucket, " + time, literal(bucket), each) + ")")
                        .collect(Collectors.joining(" union all ")));
    }

    private static String newest(HqlBuilder range, String selected, String bucket, int each) {
        return "select " + selected + " as second" + range.text() + " and " + COLUMN + " = " + bucket
                + " order by second desc limit " + each;
    }

    private static HqlBuilder with(HqlBuilder parameters, String text) {
        HqlBuilder query = new HqlBuilder(text);
        parameters.parameters().forEach(query::with);
        return query;
    }

    private static String list(List<Integer> buckets) {
        return buckets.stream().map(Buckets::literal).collect(Collectors.joining(", ", "(", ")"));
    }

    /** Hibernate does not know the type of a column that is named in SQL, and compares it with such a number only. */
    private static String literal(int bucket) {
        return "sql('" + bucket + "')";
    }

    private static int number(Tuple tuple, String name) {
        return tuple.get(name, Number.class).intValue();
    }
}
