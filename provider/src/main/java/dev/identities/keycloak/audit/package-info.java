/** Records ended sessions and their actors, as Keycloak's admin events or user events and as lines of log. */
package dev.identities.keycloak.audit;
