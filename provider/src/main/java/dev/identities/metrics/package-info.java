/** Meters for operators, on Keycloak's own metrics endpoint. Only this package knows Micrometer. */
package dev.identities.metrics;
