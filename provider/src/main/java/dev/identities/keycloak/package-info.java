/**
 * Adapters to Keycloak, one room for each thing that they adapt. Only these rooms, and the composition room, touch
 * Keycloak's private SPI (keycloak-services, keycloak-model-*, keycloak-server-spi-private). A new Keycloak breaks this folder
 * or nothing.
 */
package dev.identities.keycloak;
