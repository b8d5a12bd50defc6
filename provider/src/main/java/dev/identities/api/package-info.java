/**
 * What both APIs need of HTTP: one catch-all JAX-RS resource, the request as a plain record, and a router that reads an
 * API's table of routes over the raw path. So every answer below our paths has the shape of its API, errors included.
 */
package dev.identities.api;
