/** Carries short texts between the nodes of a cluster, in a cache of our own. */
package dev.identities.keycloak.channel;
