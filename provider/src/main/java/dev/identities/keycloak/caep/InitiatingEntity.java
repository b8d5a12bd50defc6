package dev.identities.keycloak.caep;

import dev.identities.ending.Channel;
import java.util.Locale;

/** Who wanted the end of a session, in the words of CAEP 1.0, section 2. */
public enum InitiatingEntity {
    /** An administrator, or a program in their place. */
    ADMIN,
    /** The person, by signing out. */
    USER,
    /** A rule, or a system that decides by rules. */
    POLICY;

    /**
     * Who it was if the end was asked for through this API. Callers of ngrok's and PingFederate's API act for
     * administrators. An identity provider or an incident tool that revokes all tokens acts by its own rules.
     */
    static InitiatingEntity of(Channel channel) {
        return switch (channel) {
            case APP, PF_WS -> ADMIN;
            case GLOBAL_REVOCATION -> POLICY;
        };
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
