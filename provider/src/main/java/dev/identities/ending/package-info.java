/**
 * The one place where sessions end. It reports the outcome for each session, and {@code notify} tells the parties.
 *
 * <p>The terms, also of the rooms {@code notify} and {@code keycloak.ending}:
 *
 * <dl>
 *   <dt>target
 *   <dd>a session that a call is to end
 *   <dt>twin
 *   <dd>the session of the other kind (online, offline) that has the same id. Keycloak makes an offline session beside
 *       the online one when an application asks for an offline token
 *   <dt>late twin
 *   <dd>an offline twin that a request under way made after the call had collected its targets
 *   <dt>held
 *   <dd>locked in the database by another transaction. A call tries held sessions last
 *   <dt>patient
 *   <dd>an attempt that waits some seconds for a held session. An attempt that is not patient fails at once
 *   <dt>ended
 *   <dd>removed by this call, and committed
 *   <dt>settled
 *   <dd>ended by this call, or gone already when this call came to it
 *   <dt>gone
 *   <dd>not found by the last look of the call. Every other target is reported as failed
 *   <dt>existing
 *   <dd>a session that the store has under an id now, of either kind; the call may not have known of it
 *   <dt>chunk
 *   <dd>the sessions of one transaction
 *   <dt>bulk call
 *   <dd>a call that ends many sessions of many people; it works in batches, and each is a call of its own here
 *   <dt>ghost
 *   <dd>a session that is in a cache and has no row. Requests find it, lists do not
 *   <dt>slot
 *   <dd>the place of one session in Keycloak's caches. It can be closed; see {@code dev.identities.keycloak.slots}
 *   <dt>revocation list
 *   <dd>the session ids that gateways ask for. The commit that ends a session also puts its id on the list
 *   <dt>party
 *   <dd>an application or identity provider that is told of an end
 *   <dt>message
 *   <dd>the news for one party that one session has ended
 *   <dt>delivery
 *   <dd>how far a message has got: confirmed, pending, failed, or impossible
 *   <dt>batch
 *   <dd>the messages of one call. The call waits a moment for their answers
 * </dl>
 */
package dev.identities.ending;
