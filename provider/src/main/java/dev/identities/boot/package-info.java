/**
 * The composition room. Keycloak finds the plugin's parts by the factories of this package. {@link ServerServices} has
 * the parts that exist once per server, {@link RequestServices} the parts of each request. No other package imports
 * this one.
 */
package dev.identities.boot;
