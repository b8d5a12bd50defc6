/** Listens to Keycloak's own events: sign-ins and logouts. */
package dev.identities.keycloak.events;
