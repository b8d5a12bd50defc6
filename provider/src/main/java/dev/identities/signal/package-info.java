/**
 * What is unusual about a session, by rules over the person's live sessions. Nothing is stored, so the rules see only
 * what is there now. A signal is advice to a reader: no sign-in is refused and no session is ended by one.
 */
package dev.identities.signal;
