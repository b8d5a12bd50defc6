package dev.identities.bulk;

/** Hears how far a call has got. */
@FunctionalInterface
public interface Progress {

    /** For a caller who waits for the end. */
    Progress UNHEARD = (done, of) -> true;

    /**
     * So many sessions have been tried. This is told before the first batch and after each one.
     *
     * @return whether to go on with the next batch
     */
    boolean goOn(int done, int of);
}
