package dev.identities.settings;

import java.util.Locale;

/** How the key that a help desk used appears in events and logs. */
public enum AuditUserKey {
    /** SHA-256 of the key's UTF-8 bytes in lower-case hexadecimal: two lines about one person can be matched. */
    HASH,
    /** The key as the caller gave it. */
    CLEAR,
    /** Not at all. */
    NONE;

    /** Anything unknown counts as the default, {@link #HASH}. */
    static AuditUserKey of(String value) {
        for (AuditUserKey choice : values()) {
            if (value != null && choice.name().equals(value.trim().toUpperCase(Locale.ROOT))) {
                return choice;
            }
        }
        return HASH;
    }
}
