/** Changes sessions of Keycloak that live on: their idle limit, and what was proved at sign-in. */
package dev.identities.keycloak.changes;
