package dev.identities.keycloak.sessions;

import dev.identities.capture.SignInNotes;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.keycloak.events.Details;
import org.keycloak.models.Constants;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.session.PersistentUserSessionAdapter;
import org.keycloak.models.session.PersistentUserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * A stored session for a list, to be read only. It reads at once, and without the rest of the JSON, what {@link
 * SessionMapper} asks of nearly every session. Whatever else is asked is answered by Keycloak's adapter, which reads all.
 *
 * <p>It has no client sessions, because a list does not need Keycloak's model of them.
 */
final class ListedSession extends PersistentUserSessionAdapter {

    private static final String IP_ADDRESS = "ipAddress";
    private static final String AUTH_METHOD = "authMethod";
    private static final String BROKER_USER_ID = "brokerUserId";
    private static final String REMEMBER_ME = "rememberMe";

    private static final Set<String> MEMBERS = Set.of(IP_ADDRESS, AUTH_METHOD, BROKER_USER_ID, REMEMBER_ME);

    private static final Set<String> NOTES = Set.of(
            SignInNotes.USER_AGENT,
            SignInNotes.LAST_SIGN_IN,
            AuthenticationManager.AUTH_TIME,
            Constants.AUTHENTICATORS_COMPLETED,
            Details.IDENTITY_PROVIDER,
            ImpersonationSessionNote.IMPERSONATOR_ID.toString());

    private final StoredData data;
    private final boolean rememberMe;

    /** @throws ModelException when the JSON cannot be read, as Keycloak's adapter does */
    ListedSession(KeycloakSession session, PersistentUserSessionModel row, RealmModel realm, String userId) {
        super(session, row, realm, userId, Map.of());
        try {
            this.data = StoredData.read(row.getData(), MEMBERS, NOTES);
        } catch (IOException e) {
            throw new ModelException("The data of a session cannot be read", e);
        }
        this.rememberMe =
                row.isRememberMe() || Boolean.parseBoolean(data.members().get(REMEMBER_ME));
    }

    @Override
    public String getIpAddress() {
        return data.members().get(IP_ADDRESS);
    }

    @Override
    public String getAuthMethod() {
        return data.members().get(AUTH_METHOD);
    }

    @Override
    public String getBrokerUserId() {
        return data.members().get(BROKER_USER_ID);
    }

    @Override
    public boolean isRememberMe() {
        return rememberMe;
    }

    @Override
    public String getNote(String name) {
        return NOTES.contains(name) ? data.notes().get(name) : super.getNote(name);
    }

    @Override
    public void setNote(String name, String value) {
        throw readOnly();
    }

    @Override
    public void removeNote(String name) {
        throw readOnly();
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("a session of a list cannot be changed");
    }
}
