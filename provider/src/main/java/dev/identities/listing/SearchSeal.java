package dev.identities.listing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * The seal of one search. A cursor of a search counts matches. Whoever knows the count, because all the matches of some
 * search are visible to them, could hold it against another search and learn how many hidden people match that one.
 * So a cursor opens for the text that it was sealed for, and for no other.
 *
 * @param seal closes the cursor together with a digest of the text
 * @param text what is searched for
 */
public record SearchSeal(CursorSeal seal, String text) implements CursorSeal {

    /** Stands in no cursor. */
    private static final String SEPARATOR = ".";

    @Override
    public String seal(String cursor) {
        return seal.seal(cursor + mark());
    }

    @Override
    public Optional<String> open(String sealed) {
        String mark = mark();
        return seal.open(sealed)
                .filter(opened -> opened.endsWith(mark))
                .map(opened -> opened.substring(0, opened.length() - mark.length()));
    }

    private String mark() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return SEPARATOR + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java has it.
        }
    }
}
