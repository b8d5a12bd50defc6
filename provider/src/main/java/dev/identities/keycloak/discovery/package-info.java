/** What clients of the realm read: discovery documents, and the claim of a token that names its session. */
package dev.identities.keycloak.discovery;
