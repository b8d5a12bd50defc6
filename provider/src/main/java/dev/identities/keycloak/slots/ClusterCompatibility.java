package dev.identities.keycloak.slots;

import java.util.Map;
import org.keycloak.compatibility.CompatibilityMetadataProvider;

/**
 * Tells Keycloak's command {@code update-compatibility} whether nodes with two versions of the plugin may run in one
 * cluster, as they do during a rolling update. They may where {@link #metadata()} is the same in both.
 *
 * <p>The service loader of that command makes it, and no server is running then: it reads constants only. A server
 * without the plugin has no such metadata. Keycloak then refuses the rolling update, because a node without guards could
 * bring back sessions that a node with guards has ended.
 */
public final class ClusterCompatibility implements CompatibilityMetadataProvider {

    /** The name of the plugin's part in Keycloak's metadata. */
    static final String ID = "identities";

    /**
     * The version of what the nodes tell each other: the cache of closed slots and that of events, their keys and values
     * and how they are marshalled, and what a mark obliges a node to do. Raise it with every change after which a node of
     * the version before would read one wrongly, or leave out what the new one relies on.
     */
    static final String CLUSTER_PROTOCOL = "1";

    /**
     * The version of what the nodes read of each other in the database: the notes in sessions, the keys of revoked SRIs in
     * Keycloak's table of revoked tokens, the hashes of user keys. Raise it with every change that a node of the version
     * before cannot read.
     */
    static final String STORED_DATA = "1";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of("cluster-protocol", CLUSTER_PROTOCOL, "stored-data", STORED_DATA);
    }
}
