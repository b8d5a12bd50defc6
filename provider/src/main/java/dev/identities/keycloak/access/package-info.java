/** Who calls, and what they may: Keycloak's own authentication and permissions. */
package dev.identities.keycloak.access;
