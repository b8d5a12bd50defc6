package dev.identities.feed;

import dev.identities.access.AdminCaller;

/** The feeds of one realm, for the current request. */
public interface Feeds {

    /** The id of the realm, for a {@link Subscription}. */
    String realmId();

    /** The caller as a watcher. */
    Watcher watcher(AdminCaller caller);

    /** The hub of this server. */
    FeedHub hub();
}
