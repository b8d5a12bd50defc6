package dev.identities.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What Keycloak's build made of a distribution, its jars and its options. It is kept beside the distribution for the
 * next server that has the same of all three, because a build takes a third of a first start.
 *
 * <p>Keycloak compares its build with its jars and options at each start, and builds again where they differ. So a kept
 * build can save time, and cannot change what is tested.
 *
 * @param kept where it is kept, or will be
 * @param folder the server that uses it
 */
record KeptBuild(Path kept, ServerFolder folder) {

    /**
     * The build for a server whose jars are installed.
     *
     * @param options the arguments of {@code kc.sh} that a build depends on
     */
    static KeptBuild of(Path distribution, ServerFolder folder, List<String> options) {
        List<String> facts = new ArrayList<>(options);
        try (Stream<Path> files = Files.list(folder.providers())) {
            for (Path jar : files.sorted().toList()) {
                // Keycloak's own test for a jar that was replaced is the time of its last change.
                facts.add(jar.getFileName() + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String name = UUID.nameUUIDFromBytes(String.join("\n", facts).getBytes(StandardCharsets.UTF_8))
                .toString();
        return new KeptBuild(
                distribution
                        .resolveSibling("builds-of-" + distribution.getFileName())
                        .resolve(name),
                folder);
    }

    /** Gives the server the kept build, if there is one and the server has another. */
    void restore() {
        try {
            if (Files.isDirectory(kept) && !isThere()) {
                ServerFolder.deleteTree(folder.build());
                ServerFolder.copyTree(kept, folder.build());
                Files.writeString(marker(), kept.getFileName().toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps the build of a server that has started. */
    void keep() {
        try {
            Files.writeString(marker(), kept.getFileName().toString());
            if (!Files.isDirectory(kept)) {
                Path copy = kept.resolveSibling(UUID.randomUUID().toString());
                ServerFolder.copyTree(folder.build(), copy);
                moveUnlessThere(copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another JVM may have kept the same build in the meantime. */
    private void moveUnlessThere(Path copy) throws IOException {
        try {
            Files.move(copy, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(kept)) {
                throw e;
            }
            ServerFolder.deleteTree(copy);
        }
    }

    private boolean isThere() throws IOException {
        return Files.exists(marker())
                && Files.readString(marker()).equals(kept.getFileName().toString());
    }

    private Path marker() {
        return folder.root().resolve("built-as");
    }
}
