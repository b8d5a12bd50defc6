/** Names, defaults and meaning of everything that can be set: the one place where they stand. */
package dev.identities.settings;
