/**
 * Ends sessions in Keycloak's database and caches, for good. The terms of the caches are defined in
 * {@code dev.identities.keycloak.slots}, those of an ending in {@code dev.identities.ending}.
 */
package dev.identities.keycloak.ending;
