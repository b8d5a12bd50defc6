package dev.identities.keycloak.sessions;

/**
 * A range of a branch that a first statement has narrowed to the rows that are wanted.
 *
 * @param full whether the first statement found as many rows as are wanted. If fewer are read then, some ended between
 *     the two statements, and that is not the end of the branch
 */
record NarrowRange(HqlBuilder hql, boolean full) {}
