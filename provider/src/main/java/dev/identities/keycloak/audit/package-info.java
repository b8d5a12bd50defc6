/** Writes down who ended what: Keycloak's admin events and user events, and lines of log. */
package dev.identities.keycloak.audit;
