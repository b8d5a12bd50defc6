package dev.identities.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

/** A port of this machine for a server that is about to be started. */
public final class FreePort {

    private FreePort() {}

    /** Free at the time of asking; another process may still take it. */
    public static int any() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
