/**
 * The composition room. Keycloak finds the plugin's parts by the factories of this package. {@link ServerServices} has what
 * exists once per server, {@link RequestServices} what is made for each request. Nothing else imports this package.
 */
package dev.identities.boot;
