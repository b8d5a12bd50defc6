/**
 * Tells receivers of shared signals that a session was revoked (OpenID CAEP 1.0, section 3.1), through Keycloak's own
 * transmitter. Keycloak tells of most logouts itself; this package tells of the ends that Keycloak is silent about.
 *
 * <p>The transmitter is a feature of the server ({@code ssf}, experimental in 26.7, absent before). Its classes are
 * used by {@link dev.identities.keycloak.caep.SharedSignals} alone, which is loaded only where the feature is on.
 */
package dev.identities.keycloak.caep;
