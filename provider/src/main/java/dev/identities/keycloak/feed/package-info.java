/** The live feed's adapter: hears of Keycloak's sessions, looks up the rights of callers, and tells the other nodes. */
package dev.identities.keycloak.feed;
