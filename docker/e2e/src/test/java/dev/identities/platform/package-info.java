/** The same behaviour on every database that Keycloak is run with. */
package dev.identities.platform;
