package dev.identities.keycloak.ending;

import dev.identities.keycloak.sessions.SessionHome;
import dev.identities.keycloak.slots.SessionSlots;

/**
 * The parts of ending that exist once per server.
 *
 * @param home where Keycloak keeps its sessions
 * @param slots the places of ended sessions in Keycloak's caches
 * @param sweeper deletes what requests under way write after an end
 */
public record EndingServices(SessionHome home, SessionSlots slots, Sweeper sweeper) {}
