package dev.identities.session;

/**
 * The text that must stand beside the places of a location database, because its licence requires it.
 *
 * @param text word for word, never translated
 * @param url the link of the text, {@code http} or {@code https}; null when the text has no link
 */
public record Attribution(String text, String url) {}
