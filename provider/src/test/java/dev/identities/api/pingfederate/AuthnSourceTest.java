package dev.identities.api.pingfederate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.session.Authentication;
import dev.identities.session.Grant;
import dev.identities.session.RememberMe;
import dev.identities.session.SampleSession;
import dev.identities.session.Session;
import dev.identities.session.SessionId;
import dev.identities.session.SessionKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthnSourceTest {

    private static final String SRI = "AbCdEfGhIjKlMnOpQrSt-_01";
    private static final Instant START = Instant.ofEpochSecond(SampleSession.SECOND);
    private static final Instant LATER = START.plusSeconds(7);

    private static final AuthnSource OTP = new AuthnSource("ADAPTER", "auth-otp-form", "OTP Form", "e2", LATER);

    @Test
    @DisplayName("the steps of the realm's own flow, each with its execution, in their order")
    void steps() {
        Session session = SampleSession.of(SRI)
                .authentications(
                        new Authentication("e1", "auth-password", "Password", START),
                        new Authentication("e2", "auth-otp-form", "OTP Form", LATER))
                .build();
        assertThat(AuthnSource.of(session))
                .containsExactly(new AuthnSource("ADAPTER", "auth-password", "Password", "e1", START), OTP);
    }

    @Test
    @DisplayName("an identity provider stands alone, whatever else was asked for after it, since the session began")
    void broker() {
        Session session = SampleSession.of(SRI)
                .broker("corp", "42")
                .authentications(new Authentication("e2", "auth-otp-form", "OTP Form", LATER))
                .build();
        assertThat(AuthnSource.of(session)).containsExactly(new AuthnSource("IDP_CONN", "corp", "", "", START));
    }

    @Test
    @DisplayName("a sign-in that left no trace has one source all the same, without a step to forget")
    void untraced() {
        Session session = SampleSession.of(SRI).lastActive(LATER).build();
        assertThat(AuthnSource.of(session))
                .containsExactly(new AuthnSource("ADAPTER", "direct-grant", "Direct Grant", "", START));
    }

    @ParameterizedTest
    @DisplayName("a session that began by a request of a program or an administrator is named after that")
    @CsvSource({
        "CLIENT_CREDENTIALS, client-credentials, Client Credentials",
        "TOKEN_EXCHANGE, token-exchange, Token Exchange",
        "IMPERSONATION, impersonation, Impersonation",
        "PASSWORD, password, Password"
    })
    void granted(Grant grant, String id, String type) {
        Session session = SampleSession.of(SRI).grant(grant).build();
        assertThat(AuthnSource.of(session)).containsExactly(new AuthnSource("ADAPTER", id, type, "", START));
    }

    @Test
    @DisplayName("in an impersonated session nobody proved who they are, until a sign-in leaves its steps")
    void impersonated() {
        SampleSession session = SampleSession.of(SRI).impersonator("chief");
        assertThat(AuthnSource.of(session.build()))
                .containsExactly(new AuthnSource("ADAPTER", "impersonation", "Impersonation", "", START));
        session.authentications(new Authentication("e2", "auth-otp-form", "OTP Form", LATER));
        assertThat(AuthnSource.of(session.build())).containsExactly(OTP);
    }

    @Test
    @DisplayName("ids do not change from release to release: applications keep them")
    void pinned() {
        assertThat(OTP.id(session(SRI, SessionKind.ONLINE))).isEqualTo("3b9b9673a46fa698fe020350ec3da16ba70c29a8");
        assertThat(new AuthnSource("IDP_CONN", "corp", "", "", START).id(session(SRI, SessionKind.OFFLINE)))
                .isEqualTo("e5f9db417d54ad826585bc9595d0d70190d26299");
    }

    @Test
    @DisplayName("ids differ by session, kind, type, name and execution, and by nothing else")
    void ids() {
        Session session = session(SRI, SessionKind.ONLINE);
        assertThat(List.of(
                        OTP.id(session),
                        OTP.id(session("AbCdEfGhIjKlMnOpQrSt-_02", SessionKind.ONLINE)),
                        OTP.id(session(SRI, SessionKind.OFFLINE)),
                        new AuthnSource("IDP_CONN", "auth-otp-form", "OTP Form", "e2", LATER).id(session),
                        new AuthnSource("ADAPTER", "auth-other", "OTP Form", "e2", LATER).id(session),
                        new AuthnSource("ADAPTER", "auth-otp-form", "OTP Form", "e3", LATER).id(session)))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9a-f]{40}"));
        Session used = SampleSession.like(session)
                .user("renamed")
                .lastActive(LATER)
                .ipAddress("")
                .build();
        assertThat(new AuthnSource("ADAPTER", "auth-otp-form", "Einmalkennwort", "e2", START).id(used))
                .isEqualTo(OTP.id(session));
    }

    private static Session session(String sri, SessionKind kind) {
        return SampleSession.of(new SessionId(SampleSession.SECOND, kind, RememberMe.NO, sri))
                .build();
    }
}
