package dev.identities.api;

import java.util.List;

/**
 * Everything at and below a path. An API checks here what it asks of a request before it says whether there is something
 * at the request's path.
 *
 * @param <C> who calls
 * @param <E> how the API refuses a request
 * @param path of literal segments only; empty for everything
 */
public record Area<C, E extends Exception>(PathPattern path, Guard<C, E> guard) {

    /** The area at a path as a {@link PathPattern} writes it. */
    public Area(String path, Guard<C, E> guard) {
        this(PathPattern.parse(path), guard);
    }

    boolean contains(List<String> segments) {
        return segments.size() >= length() && path.matches(segments.subList(0, length()));
    }

    int length() {
        return path.segments().size();
    }
}
