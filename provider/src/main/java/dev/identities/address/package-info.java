/**
 * What a recorded text says about the network address of a client.
 *
 * <p>Imports no Keycloak. Nothing here asks DNS.
 */
package dev.identities.address;
