package dev.identities.keycloak.access;

import dev.identities.access.AccessDeniedException;
import dev.identities.access.AccessDeniedException.Reason;
import dev.identities.api.Outage;
import org.jboss.logging.Logger;
import org.keycloak.common.Profile;
import org.keycloak.common.VerificationException;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.services.util.DPoPUtil;
import org.keycloak.services.util.MtlsHoKTokenUtil;

/**
 * Checks a DPoP proof (RFC 9449) or a certificate (RFC 8705), as Keycloak's token endpoint does for a client whose
 * access tokens are bound to a key. It checks each call, because an API key comes without a token that could be bound.
 */
final class ProofOfPossession {

    private static final Logger LOG = Logger.getLogger(ProofOfPossession.class);

    private ProofOfPossession() {}

    /** Refuses a call without the proof or the certificate that the client's settings ask for. */
    static void require(KeycloakSession session, ClientModel client, HttpRequest request) throws AccessDeniedException {
        OIDCAdvancedConfigWrapper settings = OIDCAdvancedConfigWrapper.fromClientModel(client);
        boolean missing = (settings.isUseDPoP()
                        && Profile.isFeatureEnabled(Profile.Feature.DPOP)
                        && !hasDpopProof(session, request))
                || (settings.isUseMtlsHokToken()
                        && MtlsHoKTokenUtil.bindTokenWithClientCertificate(request, session) == null);
        if (missing) {
            throw new AccessDeniedException(Reason.NO_PROOF_OF_POSSESSION);
        }
    }

    private static boolean hasDpopProof(KeycloakSession session, HttpRequest request) {
        try {
            new DPoPUtil.Validator(session)
                    .request(request)
                    .uriInfo(session.getContext().getUri())
                    .validate();
            return true;
        } catch (VerificationException refused) {
            LOG.debug("A DPoP proof was refused", refused);
            return false;
        } catch (RuntimeException unreadable) {
            if (Outage.isBehind(unreadable)) {
                throw unreadable;
            }
            // Keycloak fails over a key in the proof that lacks a part, or has one that is no number.
            LOG.debug("A DPoP proof could not be read", unreadable);
            return false;
        }
    }
}
