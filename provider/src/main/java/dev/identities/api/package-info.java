/**
 * The HTTP part of the APIs: one catch-all JAX-RS resource, the request as a plain record, and a router that matches
 * the raw path against an API's table of routes. So every answer below our paths, also an error, has the shape of its
 * API.
 */
package dev.identities.api;
