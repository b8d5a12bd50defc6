/** An extension for the server of a test: it holds whoever has read a session's row and not gone on yet. */
package dev.identities.heldread;
