/** Another extension that serves paths of the plugin, which runs inside the server. */
package dev.identities.rival;
