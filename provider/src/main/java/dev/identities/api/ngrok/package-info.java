/**
 * ngrok's Application Users and Application Sessions API over the realm's sessions.
 *
 * <p>Contract: ngrok's OpenAPI description of {@code /app/users} and {@code /app/sessions}, version 2, tightened to what
 * all of its official client libraries accept at once: every member is always there, only those documented as nullable
 * are ever null, unknown text is the empty string.
 */
package dev.identities.api.ngrok;
