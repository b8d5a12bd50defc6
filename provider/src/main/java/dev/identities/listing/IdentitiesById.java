package dev.identities.listing;

import dev.identities.session.Identity;
import dev.identities.session.UserId;
import java.util.List;
import java.util.Optional;

/** Identities by user id, descending. */
record IdentitiesById(SessionRows rows, IdentityQuery<UserId> query) implements RowList<UserId, UserId, Identity> {

    @Override
    public List<UserId> after(Optional<UserId> place, int max) {
        return rows.userIds(query, place, max);
    }

    @Override
    public UserId place(UserId row) {
        return row;
    }

    @Override
    public UserId user(UserId row) {
        return row;
    }

    @Override
    public List<Found<UserId, Identity>> complete(List<UserId> candidates) {
        return query.asked(rows.identities(candidates)).stream()
                .map(identity -> new Found<>(identity.userId(), identity))
                .toList();
    }

    /** Bounded for a filter alone, because without one everybody who is read is on the page. */
    @Override
    public int maxCompleted() {
        return query.filter().isPresent() ? RecentlyActive.MAX_READ : Integer.MAX_VALUE;
    }

    @Override
    public int step(int missing) {
        return query.step(missing);
    }
}
