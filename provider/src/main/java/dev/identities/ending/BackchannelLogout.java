package dev.identities.ending;

import dev.identities.notify.Deliveries;
import dev.identities.notify.Delivery;
import java.util.List;
import java.util.function.Supplier;

/** Tells the applications and identity providers of ended sessions, for one request. */
public final class BackchannelLogout implements EndingListener {

    private final Deliveries.DeliveryBatch batch;

    public BackchannelLogout(Deliveries deliveries) {
        this.batch = deliveries.batch();
    }

    @Override
    public List<Supplier<Delivery>> committed(SessionStore.Ended session) {
        return session.messages().stream()
                .flatMap(message -> batch.send(message).stream())
                .toList();
    }

    @Override
    public void awaitAnswers() {
        batch.await();
    }
}
