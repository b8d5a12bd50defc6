/** Another extension that adds to discovery, which runs inside the server. */
package dev.identities.wellknown;
