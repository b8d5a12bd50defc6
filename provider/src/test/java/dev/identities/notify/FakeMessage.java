package dev.identities.notify;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/**
 * A message of which a test says how attempts end.
 *
 * @param attempts counts them
 * @param confirms whether the attempt of that number, from one, is confirmed
 */
public record FakeMessage(
        String realm, String party, String sid, boolean tellable, AtomicInteger attempts, IntPredicate confirms)
        implements Message {

    public static FakeMessage to(String party, IntPredicate confirms) {
        return in("acme", party, confirms);
    }

    public static FakeMessage to(String party, String sid, IntPredicate confirms) {
        return new FakeMessage("acme", party, sid, true, new AtomicInteger(), confirms);
    }

    public static FakeMessage in(String realm, String party, IntPredicate confirms) {
        return new FakeMessage(realm, party, "sid-of-" + party, true, new AtomicInteger(), confirms);
    }

    /** One that is confirmed at once. */
    public static FakeMessage quick(String party) {
        return to(party, attempt -> true);
    }

    /** One that there is no way to deliver. */
    public static FakeMessage untellable(String party) {
        return new FakeMessage("acme", party, "sid-of-" + party, false, new AtomicInteger(), attempt -> true);
    }

    @Override
    public Result attempt() {
        return confirms.test(attempts.incrementAndGet()) ? Result.CONFIRMED : Result.NOT_CONFIRMED;
    }
}
