/** A user store that a test can take down: installed in a test's own Keycloak, not part of the product. */
package dev.identities.userstore;
