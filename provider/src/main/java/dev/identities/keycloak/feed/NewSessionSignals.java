package dev.identities.keycloak.feed;

import dev.identities.feed.SignalSource;
import dev.identities.listing.SessionCatalog;
import dev.identities.session.Place;
import dev.identities.session.Session;
import dev.identities.session.SignIn;
import dev.identities.settings.RealmSettings;
import dev.identities.signal.Signal;
import dev.identities.signal.Signals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * The signals of sessions that begin, each in a Keycloak session of its own, after the sign-in is committed.
 *
 * @param places where an address is; empty for a private or unknown one
 * @param catalogs the sessions of a realm, for a Keycloak session
 */
public record NewSessionSignals(
        KeycloakSessionFactory factory,
        Function<String, Optional<Place>> places,
        BiFunction<KeycloakSession, RealmModel, SessionCatalog> catalogs)
        implements SignalSource {

    @Override
    public List<Signal> of(String realmId, Session begun) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, own -> {
            RealmModel realm = own.realms().getRealm(realmId);
            if (realm == null) {
                return List.of();
            }
            own.getContext().setRealm(realm);
            Signals rules = new Signals(
                    RealmSettings.of(realm::getAttribute).signals(),
                    places,
                    Instant.ofEpochMilli(Time.currentTimeMillis()));
            SignIn signIn = begun.signIn();
            List<SignIn> compared = catalogs.apply(own, realm).signIns(List.of(begun.userId()), Signals.COMPARED);
            return rules.of(List.of(signIn), compared).get(signIn.id());
        });
    }
}
