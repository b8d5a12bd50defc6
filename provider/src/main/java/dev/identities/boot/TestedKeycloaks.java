package dev.identities.boot;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.keycloak.common.Profile;

/** Warns in the log when the plugin was not tested on the server's version, or with its way of keeping sessions. */
final class TestedKeycloaks {

    /** The end-to-end tests run on the last patch of each: see {@code docker/pom.xml}. */
    static final List<String> MINORS = List.of("26.5", "26.6", "26.7");

    /**
     * With these features Keycloak keeps sessions in an external Infinispan. The tests have none. By key, because the
     * server would not start if a constant were missing in a version that has removed the feature.
     */
    private static final Set<String> UNTRIED = Set.of("clusterless", "multi-site");

    private static final String PERSISTENT_SESSIONS = "persistent-user-sessions";

    /** This version cannot list sessions that are not in the database, because it has no streams of them. */
    private static final String WITHOUT_STREAMS = "26.5.";

    /** The minor version. A patch, a vendor's qualifier or a snapshot may follow. */
    private static final Pattern VERSION = Pattern.compile("(\\d+\\.\\d+)(?:\\D.*)?");

    private static final Logger LOG = Logger.getLogger(TestedKeycloaks.class);

    private TestedKeycloaks() {}

    /**
     * Writes the warnings that apply.
     *
     * @param version the server's version
     * @param features the features that are switched on
     */
    static void check(String version, Set<Profile.Feature> features) {
        if (!isTested(version)) {
            LOG.warnf(
                    "Identities for Keycloak was tested on Keycloak %s, and not on %s: it uses internals that change"
                            + " between minor versions. Try it before you rely on it",
                    String.join(", ", MINORS), version);
        }
        List<String> keys = features.stream()
                .map(Profile.Feature::getUnversionedKey)
                .sorted()
                .toList();
        if (version.startsWith(WITHOUT_STREAMS) && !keys.contains(PERSISTENT_SESSIONS)) {
            LOG.errorf(
                    "Identities for Keycloak cannot list sessions on Keycloak %s without the feature %s: lists will fail",
                    version, PERSISTENT_SESSIONS);
        }
        List<String> untried = keys.stream().filter(UNTRIED::contains).toList();
        if (!untried.isEmpty()) {
            LOG.warnf(
                    "Identities for Keycloak was not tested with the feature %s, where sessions are kept outside of"
                            + " Keycloak. Try it before you rely on it",
                    String.join(", ", untried));
        }
    }

    private static boolean isTested(String version) {
        Matcher matcher = VERSION.matcher(version);
        return matcher.matches() && MINORS.contains(matcher.group(1));
    }
}
