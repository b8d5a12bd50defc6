package dev.identities.api;

import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sends by JAX-RS's own server-sent events. Keycloak's server sends them on its network threads. */
record JaxRsEventSink(SseEventSink sink, Sse sse) implements EventSink {

    @Override
    public CompletionStage<?> send(Message message) {
        OutboundSseEvent.Builder event = sse.newEventBuilder();
        message.id().ifPresent(event::id);
        message.type().ifPresent(event::name);
        message.data().ifPresent(data -> event.data(String.class, data));
        message.comment().ifPresent(event::comment);
        try {
            return sink.send(event.build());
        } catch (IllegalStateException closed) {
            return CompletableFuture.failedFuture(closed);
        }
    }

    @Override
    public boolean isClosed() {
        return sink.isClosed();
    }

    @Override
    public void close() {
        sink.close();
    }
}
