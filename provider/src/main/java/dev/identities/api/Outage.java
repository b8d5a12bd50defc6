package dev.identities.api;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;

/** Tells a database that does not answer from other faults, because after an outage the caller may repeat the call. */
public final class Outage {

    /** The most causes looked at, because a chain of causes may be a circle. */
    private static final int MAX_DEPTH = 50;

    private Outage() {}

    /** Whether the failure came from the database. Keycloak passes some on with the network's exception only. */
    public static boolean isBehind(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_DEPTH)
                .anyMatch(cause -> cause instanceof SQLException
                        || cause instanceof SocketException
                        || cause instanceof SocketTimeoutException);
    }
}
