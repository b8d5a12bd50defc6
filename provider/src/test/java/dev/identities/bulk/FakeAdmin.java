package dev.identities.bulk;

import dev.identities.access.AdminCaller;
import dev.identities.session.UserId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** An administrator who may do everything until a test takes something away. */
final class FakeAdmin implements AdminCaller {

    final Set<UserId> hidden = new HashSet<>();
    final Set<UserId> unmanageable = new HashSet<>();
    String id = "administrator";
    Optional<String> sid = Optional.empty();

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean mayQuery() {
        return true;
    }

    @Override
    public boolean mayView(UserId user) {
        return !hidden.contains(user);
    }

    @Override
    public boolean mayManage(UserId user) {
        return mayView(user) && !unmanageable.contains(user);
    }

    @Override
    public boolean mayViewClient(String clientUuid) {
        return true;
    }

    @Override
    public Optional<String> sid() {
        return sid;
    }
}
