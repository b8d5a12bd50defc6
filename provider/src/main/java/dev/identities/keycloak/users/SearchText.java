package dev.identities.keycloak.users;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.models.UserModel;

/**
 * A text of Keycloak's search of users, for people who are in no user store. It means what it means in Keycloak's own
 * store: each word must be in the username, the e-mail address, the first or the last name, without regard to case. A
 * word stands for the beginning, an asterisk for any text, and a word in quotation marks for the whole.
 */
record SearchText(List<String> words) {

    private static final String QUOTE = "\"";

    /**
     * Reads a text.
     *
     * @param text untrusted; not blank
     */
    static SearchText of(String text) {
        return new SearchText(List.of(text.trim().toLowerCase(Locale.ROOT).split("\\s+")));
    }

    boolean matches(UserModel user) {
        List<String> values = Stream.of(user.getUsername(), user.getEmail(), user.getFirstName(), user.getLastName())
                .filter(Objects::nonNull)
                .map(value -> value.toLowerCase(Locale.ROOT))
                .toList();
        return words.stream().allMatch(word -> values.stream().anyMatch(value -> matches(word, value)));
    }

    private static boolean matches(String word, String value) {
        if (word.length() >= 2 && word.startsWith(QUOTE) && word.endsWith(QUOTE)) {
            return value.equals(word.substring(1, word.length() - 1));
        }
        // The end is open. So the first place that a piece can have is always as good as any later one.
        String[] pieces = word.split("\\*", -1);
        if (!value.startsWith(pieces[0])) {
            return false;
        }
        int end = pieces[0].length();
        for (int i = 1; i < pieces.length; i++) {
            int start = value.indexOf(pieces[i], end);
            if (start < 0) {
                return false;
            }
            end = start + pieces[i].length();
        }
        return true;
    }
}
