package dev.identities.api.pingfederate;

import dev.identities.ending.RevocationList;
import java.util.LinkedHashSet;
import java.util.Set;

/** A list in memory that a test can fill, read and break. */
final class FakeRevocationList implements RevocationList {

    final Set<String> sris = new LinkedHashSet<>();
    private boolean failing;

    /** From now on it can neither be written nor read. */
    void fail() {
        failing = true;
    }

    @Override
    public boolean add(String sri) {
        failIfTold();
        return sris.add(sri);
    }

    @Override
    public boolean contains(String sri) {
        failIfTold();
        return sris.contains(sri);
    }

    private void failIfTold() {
        if (failing) {
            throw new IllegalStateException("jdbc:postgresql://db");
        }
    }
}
