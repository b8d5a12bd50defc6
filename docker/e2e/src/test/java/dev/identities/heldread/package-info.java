/** An extension for the server of a test. It holds a request between its read of a session's row and its next step. */
package dev.identities.heldread;
