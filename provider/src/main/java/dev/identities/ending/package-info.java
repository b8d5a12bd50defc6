/**
 * The one place where sessions end, and the report of what happened. Applications are told by {@code notify}.
 *
 * <dl>
 *   <dt>target
 *   <dd>a session that a call is to end
 *   <dt>twin
 *   <dd>the session of the other kind (online, offline) that goes by the same id. Keycloak makes an offline session beside
 *       the online one when an application asks for an offline token
 *   <dt>held
 *   <dd>locked in the database by a transaction of somebody else. A held session is tried last, and waited for
 *   <dt>settled
 *   <dd>ended by this call, or not there any more when this call came to it
 *   <dt>existing
 *   <dd>what the store has by an id now, in both kinds, whatever the call knew before
 *   <dt>chunk
 *   <dd>the sessions of one transaction
 *   <dt>party
 *   <dd>an application or identity provider that is told of an end
 * </dl>
 */
package dev.identities.ending;
