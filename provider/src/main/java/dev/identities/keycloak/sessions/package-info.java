/** Reads Keycloak's sessions: from the session table, or from the caches where it keeps them there alone. */
package dev.identities.keycloak.sessions;
