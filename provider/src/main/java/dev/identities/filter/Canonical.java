package dev.identities.filter;

import java.util.List;
import java.util.Set;

/** Writes the words of a filter with always the same blanks and quotes. */
final class Canonical {

    private static final Set<String> SPACED = Set.of("&&", "||", "==", "!=", "<", "<=", ">", ">=");

    private Canonical() {}

    static String text(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        for (Token token : tokens) {
            switch (token.kind()) {
                case TEXT -> quote(text, token.text());
                case SYMBOL -> text.append(symbol(token.text()));
                case NAME -> text.append(token.text().equals("in") ? " in " : token.text());
                case INTEGER, NUMBER -> text.append(token.text());
                case END -> {}
            }
        }
        return text.toString();
    }

    private static String symbol(String symbol) {
        if (SPACED.contains(symbol)) {
            return " " + symbol + " ";
        }
        return symbol.equals(",") ? ", " : symbol;
    }

    private static void quote(StringBuilder text, String literal) {
        text.append('"');
        literal.codePoints().forEach(character -> {
            if (character == '"' || character == '\\') {
                text.append('\\').appendCodePoint(character);
            } else if (character < ' ' || character == 0x7F) {
                text.append(String.format("\\x%02x", character));
            } else {
                text.appendCodePoint(character);
            }
        });
        text.append('"');
    }
}
