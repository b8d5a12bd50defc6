/**
 * Keeps Keycloak's session caches from bringing back a session that has ended.
 *
 * <p>Keycloak reads a session that is in no cache from its row and puts it into the cache ("import"). A request that read
 * the row before it was deleted can import the session after its end. From then on the cache answers, and no request
 * looks for the row. Keycloak's caches cannot prevent that, so this room adds the following:
 *
 * <ul>
 *   <li><b>slot</b>: the place of one user session, or of one client session, of one kind (online or offline) in
 *       Keycloak's caches.
 *   <li><b>closed slot</b>: a slot that no node reads from or writes to for {@link
 *       dev.identities.keycloak.slots.ClosedSlots#LIFETIME}. The database alone answers for its session. A closed slot
 *       ends nothing: a session whose row is still there goes on working, only uncached.
 *   <li><b>ended slot</b>: a closed slot whose session one of our calls has ended and committed. No request may make a
 *       session of that id anew.
 *   <li><b>mark</b>: an entry in our replicated cache that says that a slot is closed, or ended.
 *   <li><b>guard</b>: an interceptor in a cache of Keycloak's that looks whether a slot is closed.
 *   <li><b>ghost</b>: a session that is in a cache and has no row. Keycloak makes none where there are guards. A ghost
 *       can be left from a time without guards, and deleting a row directly in the database makes one.
 * </ul>
 *
 * <p>An ending closes the slots on all nodes, empties them, and then deletes the rows. Each step is harmless if the
 * next one fails. Keycloak's own removals take the same steps: the guard closes a slot before it lets a removal pass.
 */
package dev.identities.keycloak.slots;
