package dev.identities.feed;

import dev.identities.access.AdminCaller;
import dev.identities.listing.Directory;

/**
 * A watcher who may still watch, for one round.
 *
 * @param caller answers what they may see now
 * @param directory of the realm
 */
public record Viewer(AdminCaller caller, Directory directory) {}
