package dev.identities.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The folder of one server: a copy of the distribution with the jars installed, certificates, and the log. */
record ServerFolder(Path root) {

    private static final int TAIL_LINES = 60;

    /** Copies the distribution unless that is done, and makes {@code providers/} hold exactly these jars. */
    static ServerFolder prepare(Path distribution, Path root, List<Path> providers) {
        ServerFolder folder = new ServerFolder(root.toAbsolutePath());
        try {
            Files.createDirectories(folder.root());
            if (!folder.isCopyOf(distribution)) {
                Progress.say("Copying %s to %s", distribution.getFileName(), folder.home());
                deleteTree(folder.home());
                copyTree(distribution, folder.home());
                Files.writeString(folder.marker(), distribution.getFileName().toString());
            }
            folder.install(providers);
            Files.deleteIfExists(folder.logFile());
            Files.createFile(folder.logFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    Path home() {
        return root.resolve("keycloak");
    }

    Path providers() {
        return home().resolve("providers");
    }

    /** What Keycloak's build makes. */
    Path build() {
        return home().resolve("lib").resolve("quarkus");
    }

    Path certificates() {
        return root.resolve("certificates");
    }

    Path logFile() {
        return root.resolve("keycloak.log");
    }

    void deleteData() {
        try {
            deleteTree(home().resolve("data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String log() {
        try {
            // Decodes leniently: the last line may be cut within a character while the server writes.
            return new String(Files.readAllBytes(logFile()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String logTail() {
        List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    String lastLogLine() {
        List<String> lines = log().lines().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty() ? "(nothing logged yet)" : lines.get(lines.size() - 1);
    }

    private Path marker() {
        return root.resolve("copied-from");
    }

    private boolean isCopyOf(Path distribution) throws IOException {
        return Files.exists(marker())
                && Files.readString(marker()).equals(distribution.getFileName().toString());
    }

    /** A jar whose content is installed already is left alone: Keycloak builds again when its time changes. */
    private void install(List<Path> providers) throws IOException {
        Path target = providers();
        Set<Path> wanted = new HashSet<>();
        for (Path provider : providers) {
            Path installed = target.resolve(provider.getFileName().toString());
            wanted.add(installed);
            if (!Files.exists(installed) || Files.mismatch(provider, installed) != -1) {
                Files.copy(
                        provider, installed, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        try (Stream<Path> files = Files.list(target)) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith(".jar") && !wanted.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Keeps times of modification: Keycloak compares them with those of its build. */
    static void copyTree(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
