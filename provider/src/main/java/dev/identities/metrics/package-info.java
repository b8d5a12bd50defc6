/** What an operator may watch: meters on Keycloak's own metrics endpoint. The only package that knows Micrometer. */
package dev.identities.metrics;
