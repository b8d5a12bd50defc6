package dev.identities.api;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;

/** Tells a database that does not answer from a fault of our own: the caller may repeat the call. */
public final class Outage {

    /** Of causes of causes; a chain may be a circle. */
    private static final int MAX_DEPTH = 50;

    private Outage() {}

    /** Whether the failure came from the database. Keycloak passes some on without JDBC's part: with the network's only. */
    public static boolean isBehind(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_DEPTH)
                .anyMatch(cause -> cause instanceof SQLException
                        || cause instanceof SocketException
                        || cause instanceof SocketTimeoutException);
    }
}
