package dev.identities.api;

import java.util.List;

/**
 * All paths at and below a path. An API checks here what it requires of a request before it says whether the request's
 * path exists.
 *
 * @param <C> the type of callers
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
