/**
 * Reads the network address of a client from a recorded text.
 *
 * <p>Imports no Keycloak. Nothing here asks DNS.
 */
package dev.identities.address;
