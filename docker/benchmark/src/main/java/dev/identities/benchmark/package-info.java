/** What listing, looking up and revoking cost with up to a million sessions, side by side with Keycloak's own ways. */
package dev.identities.benchmark;
