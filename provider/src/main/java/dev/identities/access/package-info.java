/** The callers of the APIs: administrators (bearer token or API key), and OAuth clients that are switched on for it. */
package dev.identities.access;
