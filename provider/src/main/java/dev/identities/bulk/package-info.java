/**
 * Ending many sessions by one call: those that a filter matches, or those that the caller names.
 *
 * <p>A call by filter takes two steps, because a filter may match more than its author thinks. The dry run ends nothing
 * and gives a ticket for the sessions that it found. The call with the ticket ends those of them that still match. A
 * session that is not in the ticket is never ended.
 */
package dev.identities.bulk;
