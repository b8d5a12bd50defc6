package dev.identities.notify;

/** Counts what became of messages, each once, when it is settled. */
@FunctionalInterface
public interface DeliveryMetrics {

    /** Counts nothing. */
    DeliveryMetrics NONE = status -> {};

    /** A message whose status does not change any more: never {@link Delivery.Status#PENDING}. */
    void message(Delivery.Status status);
}
