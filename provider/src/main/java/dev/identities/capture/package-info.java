/** The notes of a sign-in, and the reading of a User-Agent. */
package dev.identities.capture;
