package dev.identities.keycloak.sessions;

/** How an index has the sessions of a branch, for a list by a time. */
public enum IndexOrder {
    /** By the time: one read along the index gives the newest rows. Keycloak 26.5 to 26.7. */
    TIMED,
    /** By bucket, and in each bucket by the time: the newest rows are among the newest of each bucket. Keycloak 26.8. */
    BUCKETED,
    /** Not by the time: the database reads all sessions of the branch and sorts them. */
    NONE
}
