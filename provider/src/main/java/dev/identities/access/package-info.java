/** Who may call: administrators (bearer token or API key) and OAuth clients that were allowed to. */
package dev.identities.access;
