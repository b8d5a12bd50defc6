package dev.identities.finality;

import dev.identities.testbed.Backend;
import dev.identities.testbed.Tokens;
import dev.identities.testbed.UnexpectedStatus;
import java.util.function.Consumer;

/** A use of a session, and its refusal when there is no session. */
enum Use {
    REFRESH("400 invalid_grant"),
    INTROSPECTION("active:false"),
    USERINFO("401"),
    SIGN_ON("login_required"),
    /** The exchange of the code that a sign-on gave. */
    EXCHANGE("400 invalid_grant");

    static final String ACCESS = "access";

    private final String refusal;

    Use(String refusal) {
        this.refusal = refusal;
    }

    String refusal() {
        return refusal;
    }

    /**
     * Uses tokens on a node.
     *
     * @param gained is given the tokens of a refresh
     * @return {@link #ACCESS}, or how it was refused
     */
    String with(Tokens tokens, Backend backend, Consumer<Tokens> gained) {
        return switch (this) {
            case REFRESH -> orRefusal(() -> gained.accept(backend.refreshed(tokens)));
            case INTROSPECTION -> backend.introspect(tokens) ? ACCESS : "active:false";
            case USERINFO -> {
                int status = backend.userinfo(tokens);
                yield status == 200 ? ACCESS : String.valueOf(status);
            }
            case SIGN_ON, EXCHANGE -> throw new IllegalArgumentException(this + " needs a browser");
        };
    }

    /** {@link #ACCESS}, or status and OAuth error of the refusal. */
    static String orRefusal(Runnable call) {
        try {
            call.run();
            return ACCESS;
        } catch (UnexpectedStatus refused) {
            return refused.inShort();
        }
    }
}
