package dev.identities.filter;

/**
 * A condition on the account of a session or identity. Texts are compared by code points, and case counts.
 *
 * @param text never empty. With {@link Field#ID} and {@link Match#EXACT} it is Keycloak's id of the user
 */
public record PersonTerm(Field field, Match match, String text) {

    /** A member of an account. */
    public enum Field {
        /** Keycloak's id of the user, without the prefix of the public id. */
        ID,
        USERNAME,
        EMAIL
    }

    /** How the member is compared. */
    public enum Match {
        EXACT,
        PREFIX,
        SUFFIX,
        ANYWHERE
    }
}
