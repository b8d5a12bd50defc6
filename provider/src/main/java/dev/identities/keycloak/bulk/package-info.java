/** What the tickets of bulk calls need of Keycloak: a key of the realm, and a memory that the cluster shares. */
package dev.identities.keycloak.bulk;
