/** Authenticates callers and evaluates their permissions, with Keycloak's own parts. */
package dev.identities.keycloak.access;
