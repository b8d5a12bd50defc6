package dev.identities.api.globalrevocation;

/** A subject identifier (RFC 9493), as a caller names a person. All text in it is untrusted. */
public sealed interface SubjectId {

    /** The name of the format, as in the member {@code format}. */
    String format();

    /** The value that names the person, for the audit. */
    String value();

    /**
     * Format {@code email} (RFC 9493, 3.2.2).
     *
     * @param email compared without regard to case, as Keycloak does it
     */
    record Email(String email) implements SubjectId {

        static final String FORMAT = "email";

        @Override
        public String format() {
            return FORMAT;
        }

        @Override
        public String value() {
            return email;
        }
    }

    /**
     * Format {@code iss_sub} (RFC 9493, 3.2.3).
     *
     * @param iss an identity provider's issuer, or the realm's own
     * @param sub the person's id there
     */
    record IssuerAndSubject(String iss, String sub) implements SubjectId {

        static final String FORMAT = "iss_sub";

        @Override
        public String format() {
            return FORMAT;
        }

        @Override
        public String value() {
            return sub;
        }
    }

    /**
     * Format {@code opaque} (RFC 9493, 3.2.4). The draft means by it the person's id at the server that is called.
     *
     * @param id Keycloak's user id
     */
    record Opaque(String id) implements SubjectId {

        static final String FORMAT = "opaque";

        @Override
        public String format() {
            return FORMAT;
        }

        @Override
        public String value() {
            return id;
        }
    }
}
