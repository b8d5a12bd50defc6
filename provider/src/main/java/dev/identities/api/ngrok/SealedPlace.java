package dev.identities.api.ngrok;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The place in {@code next_page_uri} where it is under seal. */
final class SealedPlace {

    /** Text in other members cannot look like this, because JSON escapes quotation marks. */
    private static final String MEMBER = "\"next_page_uri\":\"";

    private static final Pattern SEALED = Pattern.compile("(" + MEMBER + "[^\"?]*\\?before_id=pos_)[A-Za-z0-9_-]+");

    private SealedPlace() {}

    /**
     * A page without the text under the seal, which is another with each answer. Two pages that are equal without it
     * have the same items, and may go on at different hidden rows. A caller may keep the place of the earlier one,
     * because whoever came to be visible since then between the items and that place would be an item now.
     */
    static String withoutSeal(String page) {
        // The member is the last of a page: to look from the end spares all that is before it.
        int member = page.lastIndexOf(MEMBER);
        if (member < 0) {
            return page;
        }
        Matcher sealed = SEALED.matcher(page).region(member, page.length());
        return sealed.lookingAt() ? page.substring(0, sealed.end(1)) + page.substring(sealed.end()) : page;
    }
}
