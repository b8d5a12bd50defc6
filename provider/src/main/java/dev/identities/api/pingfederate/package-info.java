/**
 * PingFederate's Session Management API by user identifier over the realm's sessions.
 *
 * <p>Contract: PingFederate's documentation, <em>Session Management API by user identifiers</em>. Where that leaves a
 * point open, the choice is documented at the code that makes it.
 */
package dev.identities.api.pingfederate;
