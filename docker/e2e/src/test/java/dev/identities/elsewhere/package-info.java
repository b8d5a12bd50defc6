/** An extension that keeps sessions itself, outside of Keycloak's table, while Keycloak's feature for that table is on. */
package dev.identities.elsewhere;
