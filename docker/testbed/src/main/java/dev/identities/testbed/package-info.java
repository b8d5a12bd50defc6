/**
 * A real Keycloak to run the plugin in, and the people, browsers and applications that use it: for the demo, the
 * end-to-end tests and the benchmark. Not shipped.
 */
package dev.identities.testbed;
