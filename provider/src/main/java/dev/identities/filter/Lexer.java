package dev.identities.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts the text of a filter into words, as CEL's specification has them ("Syntax"). Comments and literals of bytes and
 * of unsigned numbers are left out of the language, because no field has a use for them.
 */
final class Lexer {

    /** Two characters before one, so that {@code <=} is not {@code <}. */
    private static final Pattern SYMBOL = Pattern.compile("&&|\\|\\||==|!=|<=|>=|[-!<>()\\[\\],.+*/%?:{}&|=]");

    private static final Pattern NAME = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");

    /** Whole numbers are decimal or hexadecimal. */
    private static final Pattern NUMBER = Pattern.compile(
            "0x[0-9a-fA-F]+|(?<fraction>[0-9]*\\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+)|[0-9]+");

    private static final Pattern BLANK = Pattern.compile("[ \\t\\r\\n\\f]+");

    private static final Pattern QUOTE = Pattern.compile("[rR]?(?<quote>\"\"\"|'''|\"|')");

    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F]+");
    private static final Pattern OCTAL = Pattern.compile("[0-7]+");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    /** The words of a text, the last of which is {@link Token.Kind#END}. */
    static List<Token> tokens(String text) throws FilterException {
        Lexer lexer = new Lexer(text);
        lexer.run();
        return List.copyOf(lexer.tokens);
    }

    private void run() throws FilterException {
        while (at < text.length()) {
            int start = at;
            if (take(BLANK) != null) {
                continue;
            }
            Matcher quote = take(QUOTE);
            if (quote != null) {
                boolean raw = quote.group().length() > quote.group("quote").length();
                add(Token.Kind.TEXT, start, literal(start, quote.group("quote"), raw));
                continue;
            }
            Matcher name = take(NAME);
            if (name != null) {
                add(Token.Kind.NAME, start, name.group());
                continue;
            }
            Matcher number = take(NUMBER);
            if (number != null) {
                if (at < text.length()
                        && NAME.matcher(text).region(at, text.length()).lookingAt()) {
                    throw problem(at, "a number ends here; " + text.charAt(at) + " cannot follow it");
                }
                add(number.group("fraction") == null ? Token.Kind.INTEGER : Token.Kind.NUMBER, start, number.group());
                continue;
            }
            Matcher symbol = take(SYMBOL);
            if (symbol == null) {
                throw problem(start, "unexpected character " + quoted(text.codePointAt(start)));
            }
            add(Token.Kind.SYMBOL, start, symbol.group());
        }
        add(Token.Kind.END, at, "");
    }

    private Matcher take(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        return matcher;
    }

    private void add(Token.Kind kind, int start, String word) {
        tokens.add(new Token(kind, position(start), word));
    }

    /** The content of a literal; {@code at} is behind its opening quote and will be behind the closing one. */
    private String literal(int start, String quote, boolean raw) throws FilterException {
        StringBuilder content = new StringBuilder();
        while (!text.startsWith(quote, at)) {
            if (at >= text.length()) {
                throw problem(start, "the text has no closing quote");
            }
            char next = text.charAt(at);
            if (quote.length() == 1 && (next == '\n' || next == '\r')) {
                throw problem(at, "a line ends inside a text; write \\n");
            }
            if (next == '\\' && !raw) {
                content.appendCodePoint(escape());
            } else if (Character.isSurrogate(next) && !Character.isBmpCodePoint(text.codePointAt(at))) {
                content.appendCodePoint(text.codePointAt(at));
                at += 2;
            } else {
                content.append(next);
                at++;
            }
        }
        at += quote.length();
        return content.toString();
    }

    private int escape() throws FilterException {
        int start = at;
        at += 2;
        if (at > text.length()) {
            throw problem(start, "the text has no closing quote");
        }
        char letter = text.charAt(start + 1);
        return switch (letter) {
            case 'a' -> 0x07;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0B;
            case '\\', '?', '"', '\'', '`' -> letter;
            case 'x', 'X' -> code(start, start + 2, 2, 16);
            case 'u' -> code(start, start + 2, 4, 16);
            case 'U' -> code(start, start + 2, 8, 16);
            case '0', '1', '2', '3' -> code(start, start + 1, 3, 8);
            default -> throw problem(start, "unknown escape \\" + letter);
        };
    }

    private int code(int start, int digits, int length, int radix) throws FilterException {
        int end = digits + length;
        String number = end <= text.length() ? text.substring(digits, end) : "";
        Pattern allowed = radix == 16 ? HEXADECIMAL : OCTAL;
        if (!allowed.matcher(number).matches()) {
            throw problem(start, "an escape that begins so has " + length + " digits");
        }
        long code = Long.parseLong(number, radix);
        if (code > Character.MAX_CODE_POINT || (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE)) {
            throw problem(start, "the escape names no character");
        }
        at = end;
        return (int) code;
    }

    private static String quoted(int character) {
        return Character.isISOControl(character)
                ? String.format("U+%04X", character)
                : "\"" + Character.toString(character) + "\"";
    }

    private FilterException problem(int index, String problem) {
        return new FilterException(position(index), problem);
    }

    private int position(int index) {
        return text.codePointCount(0, index) + 1;
    }
}
