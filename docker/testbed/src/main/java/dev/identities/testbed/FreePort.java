package dev.identities.testbed;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** A port of this machine for a server that is about to be started, perhaps stopped, and started again. */
public final class FreePort {

    /** Clear of the well-known ones and of those that people's own servers commonly use. */
    private static final int LOWEST = 20_000;

    /**
     * Linux gives the ports from 32768 on, and other systems those from 49152 on, to each outgoing connection and to
     * each program that asks for any port. A port from there may be taken before its server takes it.
     */
    private static final int BEYOND = 32_000;

    /** JVMs that run tests at the same time; each takes ports of a share of its own. */
    private static final int SHARES = 4;

    /** From 1 on, by the build. */
    private static final int FORK = Integer.getInteger("identities.fork", 1);

    /** So many are hardly ever taken one after the other. */
    private static final int MAX_ATTEMPTS = 1_000;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    /**
     * Free at the time of asking, and never the same twice.
     *
     * @throws IllegalStateException when none was found
     */
    public static int any() {
        int share = (BEYOND - LOWEST) / SHARES;
        int lowest = LOWEST + FORK % SHARES * share;
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            int port = lowest + ThreadLocalRandom.current().nextInt(share);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port from " + LOWEST + " to " + BEYOND);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
