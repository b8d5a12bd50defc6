package dev.identities.api.globalrevocation;

import dev.identities.access.IdentityProviderCaller;
import dev.identities.session.UserId;
import java.util.List;

/** Finds the accounts of a realm that a subject identifier names. */
public interface Subjects {

    /**
     * The accounts of this identifier that are linked to the provider. An {@code iss_sub} of another issuer names
     * nobody.
     *
     * @param max the most ids answered, to tell many from too many
     * @return in no order; empty when there is none
     */
    List<UserId> linkedTo(IdentityProviderCaller provider, SubjectId subject, int max);

    /**
     * All accounts of this identifier. The issuer of an {@code iss_sub} is the realm's own, where the subject is
     * Keycloak's user id, or that of an identity provider.
     *
     * @param max the most ids answered, to tell many from too many
     * @return in no order; empty when there is none
     */
    List<UserId> all(SubjectId subject, int max);

    /** Whether the look-ups of this call have looked at everybody. False where too many have no stored account. */
    boolean foundAll();
}
