package dev.identities.api.pingfederate;

import dev.identities.session.Authentication;
import dev.identities.session.Grant;
import dev.identities.session.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * By what a session was authenticated: its identity provider, or the steps of the realm's own flow.
 *
 * @param sourceType {@code IDP_CONN} or {@code ADAPTER}
 * @param name alias of the identity provider, or id of the authenticator
 * @param adapterType display name of the authenticator; empty for an identity provider
 * @param execution the step in the realm's flow; empty where there is none to forget
 * @param created when it was passed
 */
record AuthnSource(String sourceType, String name, String adapterType, String execution, Instant created) {

    static final String CONNECTION = "IDP_CONN";
    static final String ADAPTER = "ADAPTER";

    /** For a session that neither says by which request it began nor has a step: a direct grant through other steps. */
    private static final String UNNAMED = "direct-grant";

    private static final String UNNAMED_TYPE = "Direct Grant";

    /** One at least. */
    static List<AuthnSource> of(Session session) {
        if (session.broker().isPresent()) {
            return List.of(new AuthnSource(CONNECTION, session.broker().get().alias(), "", "", session.started()));
        }
        if (session.authentications().isEmpty()) {
            return List.of(session.grant()
                    .or(() -> session.impersonator().map(administrator -> Grant.IMPERSONATION))
                    .map(grant -> granted(grant, session))
                    .orElseGet(() -> new AuthnSource(ADAPTER, UNNAMED, UNNAMED_TYPE, "", session.started())));
        }
        return session.authentications().stream().map(AuthnSource::step).toList();
    }

    /** A session that began by a request of a program or of an administrator has no steps. That request has a name. */
    private static AuthnSource granted(Grant grant, Session session) {
        String id = grant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new AuthnSource(ADAPTER, id, grant.displayName(), "", session.started());
    }

    private static AuthnSource step(Authentication step) {
        return new AuthnSource(ADAPTER, step.authenticator(), step.name(), step.execution(), step.at());
    }

    /** Forty hexadecimal digits, the same for the same source of the same session: a name, not a secret. */
    String id(Session session) {
        String text = String.join("|", session.id().sid(), session.id().kind().name(), sourceType, name, execution);
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(sha1.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
