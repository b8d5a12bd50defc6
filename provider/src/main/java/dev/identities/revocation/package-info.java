/** The one place where sessions end, and the report of what happened. */
package dev.identities.revocation;
