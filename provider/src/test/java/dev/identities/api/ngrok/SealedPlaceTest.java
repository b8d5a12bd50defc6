package dev.identities.api.ngrok;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SealedPlaceTest {

    private static String page(String name, String next) {
        return "{\"application_users\":[{\"name\":\"" + name + "\"}],\"uri\":\"https://sso.example.com/app/users\","
                + "\"next_page_uri\":" + next + "}";
    }

    private static String next(String place) {
        return "\"https://sso.example.com/app/users?before_id=" + place + "&limit=1&search=jane\"";
    }

    @Test
    @DisplayName("pages that differ in nothing but the seal are equal, others are not")
    void seal() {
        String page = SealedPlace.withoutSeal(page("Jane", next("pos_aB-_9")));
        assertThat(SealedPlace.withoutSeal(page("Jane", next("pos_other")))).isEqualTo(page);
        assertThat(SealedPlace.withoutSeal(page("John", next("pos_aB-_9")))).isNotEqualTo(page);
        assertThat(SealedPlace.withoutSeal(page("Jane", "null"))).isNotEqualTo(page);
        assertThat(SealedPlace.withoutSeal(page("Jane", next("usr_1")))).isNotEqualTo(page);
    }

    @Test
    @DisplayName("everything else stays, also a name that looks like a place, and a place that is not sealed")
    void others() {
        String posing = page("\\\"next_page_uri\\\":\\\"x?before_id=pos_1", next("usr_1"));
        assertThat(SealedPlace.withoutSeal(posing)).isEqualTo(posing);
    }
}
