package dev.identities.api.pingfederate;

import dev.identities.settings.RealmSettings;
import java.util.Map;
import java.util.TreeMap;

/** PingFederate's members of the provider metadata, by which its clients find this API. */
public final class Discovery {

    private static final String BASE = "/pf-ws/rest/sessionMgmt/";

    private Discovery() {}

    /**
     * The members for what the realm offers, without trailing slashes: clients append an identifier.
     *
     * @param realmUrl the realm's issuer
     */
    public static Map<String, String> members(String realmUrl, RealmSettings settings) {
        Map<String, String> members = new TreeMap<>();
        if (settings.sessionManagementApi()) {
            members.put("ping_session_management_sris_endpoint", realmUrl + BASE + "sessions");
            members.put("ping_session_management_users_endpoint", realmUrl + BASE + "users");
        }
        if (settings.revocationList().api()) {
            members.put("ping_revoked_sris_endpoint", realmUrl + BASE + "revokedSris");
        }
        return members;
    }
}
