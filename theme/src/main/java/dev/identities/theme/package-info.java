/** Makes the admin console show the Identities page, by a theme and its selection. */
package dev.identities.theme;
