/**
 * The live feed of sessions that begin and end. Each node remembers the events of a realm for a short time and hands them
 * to the open feeds of that realm. One thread of the node does that for all feeds; no feed has a thread, a queue or a
 * Keycloak session of its own.
 */
package dev.identities.feed;
