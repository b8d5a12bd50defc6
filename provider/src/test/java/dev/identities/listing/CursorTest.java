package dev.identities.listing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.session.SampleSession;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    @DisplayName("a place in the order of activity is read as it was written, for every branch")
    void activity() {
        for (Branch branch : Branch.ALL) {
            ActivityCursor cursor = new ActivityCursor(SampleSession.SECOND, branch, "frotF-VHnLE5JcDWeVn9_BAM");
            assertThat(cursor.toString()).matches("act_696adf8b[a-f]frotF-VHnLE5JcDWeVn9_BAM");
            assertThat(ActivityCursor.parse(cursor.toString())).contains(cursor);
        }
    }

    @ParameterizedTest
    @DisplayName("a text of another form is no place in the order of activity")
    @ValueSource(
            strings = {
                "",
                "act_",
                "act_696adf8bf",
                "act_696adf8bgx",
                "act_696ADF8Bfx",
                "act_-96adf8bfx",
                "act_696adf8bf a",
                "act_696adf8bfx\n",
                "act_696adf8bfaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "ses_696adf8bfx",
                "usr_x"
            })
    void noActivity(String text) {
        assertThat(ActivityCursor.parse(text)).isEmpty();
    }

    @Test
    @DisplayName("an offset is read as it was written")
    void offset() {
        assertThat(OffsetCursor.parse(new OffsetCursor(1_050).toString())).contains(new OffsetCursor(1_050));
        assertThat(OffsetCursor.parse("off_999999999")).contains(new OffsetCursor(999_999_999));
        assertThat(OffsetCursor.START).hasToString("off_0");
    }

    @ParameterizedTest
    @DisplayName("a text of another form is no offset")
    @ValueSource(strings = {"", "off_", "off_-1", "off_+1", "off_1000000000", "off_1x", "off_ 1", "off_٣", "act_1"})
    void noOffset(String text) {
        assertThat(OffsetCursor.parse(text)).isEmpty();
    }
}
