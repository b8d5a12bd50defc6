/**
 * The filter language of the lists: ngrok's subset of CEL, the Common Expression Language.
 *
 * <p>{@link dev.identities.filter.Filter} is the entry. It compiles a text once and then decides for each session or
 * identity. {@link dev.identities.filter.Narrowing} says as plain data what a store may leave out beforehand.
 *
 * <p>Nothing here knows Keycloak, SQL or HTTP. The text of a filter is untrusted.
 */
package dev.identities.filter;
