package dev.identities.api.pingfederate;

import dev.identities.session.UserId;
import dev.identities.settings.UserKeyHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Users by attribute and key; keeps what was looked for. */
final class FakeUserKeys implements UserKeys {

    /** As {@code attribute=key}, or {@code attribute#hash}. */
    final List<String> lookUps = new ArrayList<>();

    /** Whether look-ups go through everybody. */
    boolean foundAll = true;

    private final Map<String, List<UserId>> users = new HashMap<>();

    /** The users of a key, as {@code username=jane}. */
    void put(String attributeAndKey, String... ids) {
        users.put(attributeAndKey, List.of(ids).stream().map(UserId::new).toList());
    }

    @Override
    public boolean foundAll() {
        return foundAll;
    }

    @Override
    public List<UserId> users(String attribute, String key, int max) {
        lookUps.add(attribute + "=" + key);
        return users.getOrDefault(attribute + "=" + key, List.of()).stream()
                .limit(max)
                .toList();
    }

    @Override
    public List<UserId> usersByHash(String attribute, UserKeyHash hashing, String hash, int max) {
        lookUps.add(attribute + "#" + hash);
        String prefix = attribute + "=";
        return users.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .filter(entry ->
                        hashing.of(entry.getKey().substring(prefix.length())).equals(hash))
                .flatMap(entry -> entry.getValue().stream())
                .limit(max)
                .toList();
    }
}
