package dev.identities.signal;

/** What is unusual about a session. The order is that of the list in an answer. */
public enum SignalCode {
    /** Two sessions of one person began further apart than anybody travels in the time between. */
    IMPOSSIBLE_TRAVEL,
    /** An administrator became this person. Without evidence, because the session names the administrator. */
    IMPERSONATED,
    /** The session is the person's first from this country: those that began earlier are all from others. */
    NEW_COUNTRY,
    /** No other session of the person is from this country. */
    OTHER_COUNTRY,
    /** The session is the person's first with this kind of device: those that began earlier all have others. */
    NEW_DEVICE,
    /** An offline session that began long ago. */
    OLD_OFFLINE
}
