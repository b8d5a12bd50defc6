/** What makes the admin console show the Identities page: a theme, and the choice of it. */
package dev.identities.theme;
