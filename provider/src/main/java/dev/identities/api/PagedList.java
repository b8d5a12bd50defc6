package dev.identities.api;

/** The lists that are read in pages. A route that answers with a page names its list, and so does the page's meter. */
public enum PagedList {
    /** All people with a live session. */
    USERS,
    /** All sessions. */
    SESSIONS,
    /** One person's sessions. */
    USER_SESSIONS
}
