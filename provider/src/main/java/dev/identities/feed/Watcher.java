package dev.identities.feed;

/**
 * A caller with open feeds, as it must be known to check again whether the caller may go on. Two feeds by one credential
 * have equal watchers.
 */
public interface Watcher {

    /** Whose feeds are counted together: the same for all credentials of one account. */
    String account();
}
