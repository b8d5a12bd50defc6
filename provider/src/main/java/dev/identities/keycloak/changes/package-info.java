/** Changes sessions of Keycloak that live on: their idle limit, and the completed steps of their sign-in. */
package dev.identities.keycloak.changes;
