package dev.identities;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged while it is open, debug lines and stack traces' messages included; nothing of it is printed. */
public final class LogLines extends Handler implements AutoCloseable {

    /** Held here: the JDK keeps loggers by weak references. */
    private final Logger logger;

    private final Level levelBefore;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Listens to everything of one package and below. */
    public LogLines(String category) {
        logger = Logger.getLogger(category);
        levelBefore = logger.getLevel();
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    /** Level and message of each line so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord entry) {
        lines.add(entry.getLevel() + " " + entry.getMessage());
        for (Throwable cause = entry.getThrown(); cause != null; cause = cause.getCause()) {
            lines.add(entry.getLevel() + " " + cause);
        }
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
        logger.setLevel(levelBefore);
    }
}
