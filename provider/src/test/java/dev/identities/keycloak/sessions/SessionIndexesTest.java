package dev.identities.keycloak.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SessionIndexesTest {

    private static final String BY_CREATION = "realm_id offline_flag remember_me created_on user_session_id user_id";
    private static final String BY_REFRESH = "realm_id offline_flag remember_me last_session_refresh";
    private static final String BY_BUCKET = "realm_id offline_flag remember_me session_bucket created_on";
    private static final String COARSE = "realm_id offline_flag remember_me session_bucket last_session_refresh_coarse";
    private static final String OTHERS = "user_session_id offline_flag";

    private static SessionIndexes with(String... indexes) {
        return SessionIndexes.of(Stream.of(indexes)
                .map(columns -> List.of(columns.toUpperCase(Locale.ROOT).split(" ")))
                .toList());
    }

    @Test
    @DisplayName("Keycloak 26.5 to 26.7: both lists have an order")
    void timed() {
        assertThat(with(OTHERS, BY_CREATION, BY_REFRESH))
                .isEqualTo(new SessionIndexes(IndexOrder.TIMED, IndexOrder.TIMED, 0));
    }

    @Test
    @DisplayName(
            "Keycloak 26.8: sessions have an order by bucket, people by activity have none, and nothing is missing")
    void bucketed() {
        assertThat(with(OTHERS, BY_BUCKET, COARSE))
                .isEqualTo(new SessionIndexes(IndexOrder.BUCKETED, IndexOrder.NONE, 0));
    }

    @Test
    @DisplayName("an index that an administrator made serves as Keycloak's own of before")
    void made() {
        assertThat(with(BY_BUCKET, COARSE, BY_REFRESH))
                .isEqualTo(new SessionIndexes(IndexOrder.BUCKETED, IndexOrder.TIMED, 0));
    }

    @Test
    @DisplayName("missing indexes are counted, and an index with other columns in front is none")
    void missing() {
        assertThat(with(OTHERS)).isEqualTo(new SessionIndexes(IndexOrder.NONE, IndexOrder.NONE, 2));
        assertThat(with(BY_BUCKET)).isEqualTo(new SessionIndexes(IndexOrder.BUCKETED, IndexOrder.NONE, 1));
        assertThat(with("realm_id offline_flag created_on", BY_REFRESH).missing())
                .isEqualTo(1);
        assertThat(with("realm_id offline_flag remember_me", BY_REFRESH).missing())
                .isEqualTo(1);
    }
}
