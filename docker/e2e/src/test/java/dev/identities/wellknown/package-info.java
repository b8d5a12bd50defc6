/** Other extensions that add to discovery, which run inside the server. */
package dev.identities.wellknown;
