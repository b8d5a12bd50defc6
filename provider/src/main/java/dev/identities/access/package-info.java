/**
 * The callers of the APIs: administrators (bearer token or API key), OAuth clients that are switched on for it, and
 * identity providers of the realm.
 */
package dev.identities.access;
