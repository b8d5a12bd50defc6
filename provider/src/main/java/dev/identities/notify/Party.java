package dev.identities.notify;

/**
 * The application or identity provider to which messages go.
 *
 * @param realm the name of its realm
 * @param name the client id of an application, or {@code idp:} + the alias of an identity provider
 */
record Party(String realm, String name) {

    static Party of(Message message) {
        return new Party(message.realm(), message.party());
    }
}
