/**
 * Adds to the texts that clients of the realm read: discovery documents, and a token's claim that names its session.
 */
package dev.identities.keycloak.discovery;
