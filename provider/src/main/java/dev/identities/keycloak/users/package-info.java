/** Finds people, applications and identity providers, by id, by text and by user key. */
package dev.identities.keycloak.users;
