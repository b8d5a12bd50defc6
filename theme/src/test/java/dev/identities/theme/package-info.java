/** Tests of the theme and of what the build leaves in the jar. */
package dev.identities.theme;
