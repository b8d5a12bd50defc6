/** What is noted of a sign-in, and what a User-Agent says about a device. */
package dev.identities.capture;
