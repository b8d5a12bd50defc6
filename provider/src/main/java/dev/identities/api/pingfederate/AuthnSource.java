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
 * An authentication source of a session: its identity provider, or a step of the realm's own flow.
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

    /** The name for a session without steps whose first request is not known: a direct grant through other steps. */
    private static final String UNNAMED = "direct-grant";

    private static final String UNNAMED_TYPE = "Direct Grant";

    /** The sources of a session, at least one. */
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

    /**
     * The source of a session without steps. A program or an administrator began it, and the name is of that request.
     */
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
