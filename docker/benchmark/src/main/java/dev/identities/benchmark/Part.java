package dev.identities.benchmark;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A part of the benchmark that can be run alone, because the whole takes three quarters of an hour. */
enum Part {
    /** Lists, look-ups and searches, by one and by many. */
    READING,

    /** Lists with a filter: their first pages, and some to their end. */
    FILTERS,

    /** All sessions page by page, with the memory that this needs. */
    WALK,

    /** Keycloak's own deep page and search, which may take minutes. */
    KEYCLOAK,

    /** Sessions ended by the plugin and by Keycloak. */
    REVOCATION,

    /** Sign-in and token refresh with and without the plugin: once for all sizes. */
    PLUGIN;

    /** Those of a list with commas; at least one. */
    static Set<Part> named(String list) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String name : list.split(",", -1)) {
            parts.add(Arrays.stream(values())
                    .filter(part -> part.toString().equals(name.trim()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "No stage \"" + name.trim() + "\", but " + Arrays.toString(values()))));
        }
        return parts;
    }

    /** As it is named on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
