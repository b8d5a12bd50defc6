/**
 * A real Keycloak to run the plugin in, and the people, browsers and applications that use it: for the end-to-end tests
 * and the demo. Not shipped.
 */
package dev.identities.testbed;
