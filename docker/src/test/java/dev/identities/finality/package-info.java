/** Whoever ends a session: nothing of it works afterwards, however busy its users are. */
package dev.identities.finality;
