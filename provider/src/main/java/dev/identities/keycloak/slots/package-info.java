/**
 * Keeps Keycloak's session caches from bringing back a session that has ended.
 *
 * <p>Keycloak reads a session that is in no cache from its row and puts it into the cache ("import"). A request that read
 * the row before it was deleted can import the session after its end; from then on the cache answers, and nobody asks for
 * the row. Keycloak's caches have no answer to that, so this room adds one:
 *
 * <ul>
 *   <li><b>slot</b>: the place of one user session, or of one client session, of one kind (online or offline) in
 *       Keycloak's caches.
 *   <li><b>closed slot</b>: a slot that no node reads from or writes to for {@link
 *       dev.identities.keycloak.slots.ClosedSlots#LIFETIME}. The database alone answers for its session. A closed slot
 *       ends nothing: a session whose row is still there goes on working, only uncached.
 *   <li><b>ended slot</b>: a closed slot whose session one of our calls has ended, committed. Nobody may make a session of
 *       that id anew.
 *   <li><b>guard</b>: the part of a cache that looks whether a slot is closed.
 *   <li><b>ghost</b>: a session in a cache that has no row. Where guards are, none comes into being through Keycloak; one
 *       can be left from before, or be made by whoever deletes rows behind Keycloak's back.
 * </ul>
 *
 * <p>Whoever ends a session closes its slots first, on all nodes, empties them, and then deletes the rows. Each step is
 * harmless if the next one fails. Keycloak's own removals go the same way: the guard closes a slot before it lets a
 * removal pass.
 */
package dev.identities.keycloak.slots;
