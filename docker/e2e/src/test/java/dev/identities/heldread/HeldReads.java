package dev.identities.heldread;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.session.UserSessionPersisterProvider;

/**
 * Reads rows as Keycloak does. The first read of what a test asks for is held when all rows of the session have been
 * read, until the test lets go.
 */
final class HeldReads implements InvocationHandler {

    private static final int POLL_MILLIS = 5;

    private final UserSessionPersisterProvider own;
    private final Path wanted;
    private final Path held;

    HeldReads(UserSessionPersisterProvider own, Path folder) {
        this.own = own;
        this.wanted = wanted(folder);
        this.held = held(folder);
    }

    /** The file by which a test asks. */
    static Path wanted(Path folder) {
        return folder.resolve("wanted");
    }

    /** The same file while a read is held. */
    static Path held(Path folder) {
        return folder.resolve("held");
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("close")) {
            // Keycloak closes its own itself.
            return null;
        }
        Object read;
        try {
            read = method.invoke(own, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (read instanceof UserSessionModel session && Files.exists(wanted) && isWanted(method, arguments)) {
            // Keycloak reads the rows of the session's applications next. Those belong to what it has read, too.
            session.getAuthenticatedClientSessions();
            hold();
        }
        return read;
    }

    private boolean isWanted(Method method, Object[] arguments) throws IOException {
        if (!method.getName().equals("loadUserSession")) {
            return false;
        }
        try {
            return List.of(arguments).contains(Files.readString(wanted));
        } catch (NoSuchFileException e) {
            // Another read was first.
            return false;
        }
    }

    private void hold() throws IOException, InterruptedException {
        try {
            Files.move(wanted, held);
        } catch (NoSuchFileException e) {
            // Another read was first.
            return;
        }
        while (Files.exists(held)) {
            Thread.sleep(POLL_MILLIS);
        }
    }
}
