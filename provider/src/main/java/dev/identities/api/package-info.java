/**
 * What both APIs need of HTTP: one catch-all JAX-RS resource, the request as a plain record, and routing over the raw
 * path, so that every answer below our paths has the shape of its API, errors included.
 */
package dev.identities.api;
