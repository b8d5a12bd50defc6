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

    /** With these features Keycloak keeps sessions in an external Infinispan. The tests have none. */
    private static final Set<Profile.Feature> UNTRIED = Set.of(Profile.Feature.CLUSTERLESS, Profile.Feature.MULTI_SITE);

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
        if (version.startsWith(WITHOUT_STREAMS) && !features.contains(Profile.Feature.PERSISTENT_USER_SESSIONS)) {
            LOG.errorf(
                    "Identities for Keycloak cannot list sessions on Keycloak %s without the feature %s: lists will fail",
                    version, Profile.Feature.PERSISTENT_USER_SESSIONS.getUnversionedKey());
        }
        List<String> untried = features.stream()
                .filter(UNTRIED::contains)
                .map(Profile.Feature::getUnversionedKey)
                .sorted()
                .toList();
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
