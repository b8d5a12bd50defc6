/**
 * The adapter: the only package that touches Keycloak's private SPI (keycloak-services, keycloak-model-*,
 * keycloak-server-spi-private), and where the parts are put together. A new Keycloak breaks this folder or nothing.
 */
package dev.identities.keycloak;
