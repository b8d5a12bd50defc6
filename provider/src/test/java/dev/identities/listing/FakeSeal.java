package dev.identities.listing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Seals with a running number, which tells nothing of the cursor. */
public final class FakeSeal implements CursorSeal {

    private final List<String> sealed = new ArrayList<>();

    @Override
    public String seal(String cursor) {
        sealed.add(cursor);
        return "pos_" + sealed.size();
    }

    @Override
    public Optional<String> open(String text) {
        return text.matches("pos_[1-9][0-9]{0,5}")
                ? Optional.of(sealed.get(Integer.parseInt(text.substring(4)) - 1))
                : Optional.empty();
    }
}
