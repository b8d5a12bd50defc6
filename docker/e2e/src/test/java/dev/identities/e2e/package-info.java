/** The product on a real Keycloak, used as its users use it: through HTTP, browsers and ngrok's own client. */
package dev.identities.e2e;
