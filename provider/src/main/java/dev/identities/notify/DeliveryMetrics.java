package dev.identities.notify;

/** Counts the outcomes of messages: each message once, when its outcome is final. */
@FunctionalInterface
public interface DeliveryMetrics {

    /** Counts nothing. */
    DeliveryMetrics NONE = status -> {};

    /** A message whose status does not change any more: never {@link Delivery.Status#PENDING}. */
    void message(Delivery.Status status);
}
