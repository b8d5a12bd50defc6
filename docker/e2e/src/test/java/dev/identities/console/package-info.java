/** The Identities page of the admin console, in a real browser on a real server. */
package dev.identities.console;
