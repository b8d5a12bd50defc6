/**
 * Tells others of the end of a session: applications and identity providers, by back-channel logout.
 *
 * <p>A <i>party</i> is an application, or the identity provider behind a session. A <i>message</i> tells one party of
 * the end of one session. A <i>delivery</i> is the state of a message. A <i>batch</i> holds the deliveries of one call.
 */
package dev.identities.notify;
