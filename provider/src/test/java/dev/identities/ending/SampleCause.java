package dev.identities.ending;

import java.util.Optional;

/** Why sessions end where a test does not care. */
public final class SampleCause {

    public static final Cause SOMEBODY = new Cause(() -> "somebody", Channel.APP, Optional.empty(), "");

    private SampleCause() {}
}
