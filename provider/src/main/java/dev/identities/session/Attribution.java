package dev.identities.session;

/**
 * What the licence of a location database wants to stand beside its places.
 *
 * @param text word for word, never translated
 * @param url what the text links to, {@code http} or {@code https}; null when there is nothing to link to
 */
public record Attribution(String text, String url) {}
