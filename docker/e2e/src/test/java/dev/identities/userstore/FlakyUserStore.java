package dev.identities.userstore;

import java.nio.file.Files;
import java.nio.file.Path;
import org.keycloak.component.ComponentModel;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialInputValidator;
import org.keycloak.credential.UserCredentialManager;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.storage.adapter.AbstractUserAdapterFederatedStorage;
import org.keycloak.storage.user.UserLookupProvider;

/** Knows everybody whose name starts with {@code flaky}, password like the name; and nobody during an outage. */
public final class FlakyUserStore implements UserStorageProvider, UserLookupProvider, CredentialInputValidator {

    private final KeycloakSession session;
    private final ComponentModel model;

    FlakyUserStore(KeycloakSession session, ComponentModel model) {
        this.session = session;
        this.model = model;
    }

    @Override
    public UserModel getUserById(RealmModel realm, String id) {
        return getUserByUsername(realm, StorageId.externalId(id));
    }

    @Override
    public UserModel getUserByUsername(RealmModel realm, String username) {
        boolean outage = Files.exists(Path.of(model.get("outage")));
        return username.startsWith("flaky") && !outage ? new User(session, realm, model, username) : null;
    }

    @Override
    public UserModel getUserByEmail(RealmModel realm, String email) {
        return null;
    }

    @Override
    public boolean supportsCredentialType(String type) {
        return PasswordCredentialModel.TYPE.equals(type);
    }

    @Override
    public boolean isConfiguredFor(RealmModel realm, UserModel user, String type) {
        return supportsCredentialType(type);
    }

    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        return user.getUsername().equals(input.getChallengeResponse());
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    private static final class User extends AbstractUserAdapterFederatedStorage {
        private final String username;

        User(KeycloakSession session, RealmModel realm, ComponentModel model, String username) {
            super(session, realm, model);
            this.username = username;
        }

        @Override
        public String getUsername() {
            return username;
        }

        @Override
        public void setUsername(String name) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SubjectCredentialManager credentialManager() {
            return new UserCredentialManager(session, realm, this);
        }
    }
}
