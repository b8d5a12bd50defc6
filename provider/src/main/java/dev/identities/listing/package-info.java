/**
 * Finds sessions and identities: one id, one user, a page of sessions, a page of identities. Looking never writes: nothing
 * here refreshes, imports or removes a session.
 *
 * <p>A <i>branch</i> is one of the six parts by which Keycloak's index orders sessions; a list merges them. A <i>cursor</i>
 * is a place in a list as clients write it. An <i>identity</i> is a user with at least one live session.
 */
package dev.identities.listing;
