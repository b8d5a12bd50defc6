/**
 * Finds sessions and identities: one id, one user, a page of sessions, a page of identities. Looking never writes: nothing
 * here refreshes, imports or removes a session.
 *
 * <p>A <i>branch</i> is one of the six parts by which Keycloak's index orders sessions; a list merges them. A <i>cursor</i>
 * is a place in a list as clients write it; a <i>sealed</i> one is encrypted. An <i>identity</i> is a user with at
 * least one live session. A <i>ghost</i> is a session that is in a cache and has no row.
 */
package dev.identities.listing;
