/**
 * The domain: plain records about people with sessions, their devices and places, and the applications they use.
 *
 * <p>Nothing here knows Keycloak or HTTP. All instants are UTC; all of Keycloak's own times have a resolution of one
 * second. Text that came from a browser (user agent) or from an identity provider is untrusted: it is only ever text.
 */
package dev.identities.session;
