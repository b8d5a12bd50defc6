/** Tests of a cluster: two Keycloak nodes over one PostgreSQL. */
package dev.identities.cluster;
