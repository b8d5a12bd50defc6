/**
 * From an address to roughly where it is, by a file in the MaxMind DB format that the operator provides.
 *
 * <p>Imports no Keycloak. Nothing here asks the network: neither DNS nor a geolocation service. No file, no place; and
 * nothing else depends on it.
 */
package dev.identities.place;
