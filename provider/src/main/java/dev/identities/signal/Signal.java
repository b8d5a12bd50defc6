package dev.identities.signal;

/** One unusual thing about one session. */
public record Signal(SignalCode code, Evidence evidence) {}
