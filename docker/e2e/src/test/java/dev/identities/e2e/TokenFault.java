package dev.identities.e2e;

import dev.identities.testbed.Testbed;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Something that makes a good token for Global Token Revocation a bad one. */
@SuppressWarnings("ImmutableEnumChecker")
enum TokenFault {
    UNKNOWN_ISSUER(all -> all.put("iss", "https://nobody.example")),
    OTHER_PROVIDERS_ISSUER(all -> all.put("iss", Testbed.server().url() + "/realms/gtr-other")),
    OUR_OWN_ISSUER(all -> all.put("iss", Testbed.server().url() + "/realms/gtr")),
    NO_ISSUER(all -> all.remove("iss")),
    OTHER_CLIENT(all -> all.put("sub", "another")),
    NO_SUBJECT(all -> all.remove("sub")),
    AUDIENCE_OF_REALM(all -> all.put("aud", Testbed.server().url() + "/realms/gtr")),
    AUDIENCE_WITH_SLASH(all -> all.put("aud", all.get("aud") + "/")),
    SECOND_AUDIENCE(all -> all.put("aud", List.of(all.get("aud"), "broker-gtr"))),
    NO_AUDIENCE(all -> all.remove("aud")),
    NO_ID(all -> all.remove("jti")),
    LONG_ID(all -> all.put("jti", "x".repeat(256))),
    NO_EXPIRY(all -> all.remove("exp")),
    EXPIRED(all -> all.put("exp", (long) all.get("iat") - 60)),
    VALID_TOO_LONG(all -> all.put("exp", (long) all.get("iat") + 3_600)),
    EXPIRY_AS_TEXT(all -> all.put("exp", all.get("exp").toString())),
    NO_ISSUED_AT(all -> all.remove("iat")),
    ISSUED_IN_FUTURE(all -> all.put("iat", (long) all.get("iat") + 120)),
    NOT_YET_VALID(all -> all.put("nbf", (long) all.get("iat") + 120)),
    TYPE_OF_LOGOUT_TOKEN(all -> all.put("header.typ", "logout+jwt")),
    TYPE_OF_ACCESS_TOKEN(all -> all.put("header.typ", "at+jwt")),
    NONCE_OF_ID_TOKEN(all -> all.put("nonce", "n")),
    AUTHORIZED_PARTY_OF_ID_TOKEN(all -> all.put("azp", "broker-gtr")),
    EVENTS_OF_LOGOUT_TOKEN(
            all -> all.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))),
    KEYCLOAKS_OWN_TYPE(all -> all.put("typ", "ID")),
    NO_ALGORITHM(all -> all.put("header.alg", "none")),
    SYMMETRIC_ALGORITHM(all -> all.put("header.alg", "HS256")),
    OTHER_ALGORITHM(all -> all.put("header.alg", "PS256")),
    UNKNOWN_KEY(all -> all.put("header.kid", "unknown")),
    CRITICAL_EXTENSION(all -> all.put("header.crit", List.of("exp"))),
    TOO_LONG(all -> all.put("more", "x".repeat(8_192)));

    private final Consumer<Map<String, Object>> change;

    TokenFault(Consumer<Map<String, Object>> change) {
        this.change = change;
    }

    /** Makes it so; see {@link ProviderKey#revocation}. */
    Consumer<Map<String, Object>> change() {
        return change;
    }
}
