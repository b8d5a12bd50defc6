/**
 * Finding sessions and identities: one id, one user, a page of sessions, a page of identities.
 *
 * <p>Looking never writes: nothing here refreshes, imports or removes a session.
 */
package dev.identities.catalog;
