/**
 * Whoever ends a session: nothing of it works afterwards, however busy its users are.
 *
 * <p>{@code docs/development.md} says how to play more rounds, on other databases and with other caches. On two nodes: {@code
 * FinalityOnTwoNodesIT}.
 */
package dev.identities.finality;
