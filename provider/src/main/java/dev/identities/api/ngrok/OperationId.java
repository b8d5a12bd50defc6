package dev.identities.api.ngrok;

import java.security.SecureRandom;

/** Names one call, in the answer and in the log: {@code op_} + 27 letters and digits. */
final class OperationId {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int LENGTH = 27;
    private static final SecureRandom RANDOM = new SecureRandom();

    private OperationId() {}

    static String random() {
        StringBuilder id = new StringBuilder("op_");
        RANDOM.ints(LENGTH, 0, ALPHABET.length()).forEach(i -> id.append(ALPHABET.charAt(i)));
        return id.toString();
    }
}
