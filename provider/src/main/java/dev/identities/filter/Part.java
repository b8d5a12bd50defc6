package dev.identities.filter;

/** What a filter looks at besides the columns of a session, from cheap to expensive. */
public enum Part {
    /** The applications of the session. */
    CLIENTS,
    /** The stored data of the session: address, User-Agent, protocol, identity provider, impersonator, grant. */
    DATA,
    /** The account: {@link Surroundings#person}, {@link Surroundings#suspension}. */
    PERSON,
    /** What the caller may do: {@link Surroundings#mayManage}. */
    ACCESS,
    /** The parsed User-Agent: {@link Surroundings#device}. */
    DEVICE,
    /** Where the address is: {@link Surroundings#place}. */
    PLACE,
    /** What is unusual: {@link Surroundings#signals}, which looks at other sessions of the person. */
    SIGNALS
}
