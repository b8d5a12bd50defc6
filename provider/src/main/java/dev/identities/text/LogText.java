package dev.identities.text;

/** Makes text from outside safe to log: one line, no control characters, bounded. */
public final class LogText {

    /** Longer than any user key or client id in practice; a log line stays readable. */
    private static final int MAX_LENGTH = 255;

    private LogText() {}

    /** The text without control characters and quotes, cut to a bounded length; {@code -} for null. */
    public static String clean(String text) {
        if (text == null) {
            return "-";
        }
        StringBuilder clean = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
        text.codePoints().limit(MAX_LENGTH).forEach(c -> clean.appendCodePoint(isUnsafe(c) ? '_' : c));
        return clean.toString();
    }

    private static boolean isUnsafe(int c) {
        return c == '"'
                || c == '\\'
                || Character.isISOControl(c)
                || switch (Character.getType(c)) {
                    case Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.FORMAT,
                            Character.SURROGATE -> true;
                    default -> false;
                };
    }
}
