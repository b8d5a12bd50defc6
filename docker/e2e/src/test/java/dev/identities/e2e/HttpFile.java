package dev.identities.e2e;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests in a file for editors (.http), as far as IntelliJ's HTTP client and VS Code's REST Client agree on the format.
 * A comment {@code # Expected: 200} above a request says how it is answered; below the body some editors would send it.
 */
final class HttpFile {

    private static final Pattern VARIABLE = Pattern.compile("@([A-Za-z]\\w*) = (.+)");
    private static final Pattern USE = Pattern.compile("\\{\\{([^}]*)}}");
    private static final Pattern COMMENT = Pattern.compile("(#|//).*");
    private static final Pattern EXPECTED = Pattern.compile("# Expected: (\\d{3})");
    private static final Pattern REQUEST = Pattern.compile("(GET|POST|PUT|DELETE) (\\S+)");
    private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9-]+): (.+)");
    private static final Pattern PLAIN_CREDENTIALS = Pattern.compile("Basic (\\S+) (\\S+)");

    private final Map<String, String> variables = new LinkedHashMap<>();
    private final List<Request> requests = new ArrayList<>();

    /**
     * One request.
     *
     * @param title what stands on the separator above it
     * @param body empty: none
     */
    record Request(
            String title, int expected, String method, String target, Map<String, String> headers, String body) {}

    private HttpFile(String text) {
        String title = "";
        List<String> block = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("###")) {
                add(title, block);
                title = line.replaceFirst("^#+", "").trim();
                block.clear();
            } else {
                block.add(line.stripTrailing());
            }
        }
        add(title, block);
    }

    /** The requests as they are in the file, variables not yet filled in. */
    static HttpFile parse(String text) {
        return new HttpFile(text);
    }

    /** As written: variables are by name. */
    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** The requests as an editor sends them. The file's variables have these values, where they are named here. */
    List<Request> filled(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(variables);
        values.forEach((name, value) -> {
            if (all.replace(name, value) == null) {
                throw new IllegalArgumentException("The file has no variable " + name);
            }
        });
        return requests.stream().map(request -> fill(request, all)).toList();
    }

    private static Request fill(Request request, Map<String, String> values) {
        Map<String, String> headers = new LinkedHashMap<>();
        request.headers().forEach((name, value) -> headers.put(name, encoded(fill(value, values))));
        return new Request(
                request.title(),
                request.expected(),
                request.method(),
                fill(request.target(), values),
                headers,
                fill(request.body(), values));
    }

    private static String fill(String text, Map<String, String> values) {
        return USE.matcher(text).replaceAll(use -> Matcher.quoteReplacement(value(use, values)));
    }

    private static String value(MatchResult use, Map<String, String> values) {
        String value = values.get(use.group(1));
        if (value == null) {
            throw new IllegalArgumentException("No such variable: " + use.group());
        }
        return value;
    }

    /** Name and password with a space between them are for the editor to encode. */
    private static String encoded(String header) {
        Matcher plain = PLAIN_CREDENTIALS.matcher(header);
        return plain.matches() ? Http.basic(plain.group(1), plain.group(2)) : header;
    }

    private void add(String title, List<String> block) {
        int expected = 0;
        int i = 0;
        for (; i < block.size(); i++) {
            String line = block.get(i);
            Matcher variable = VARIABLE.matcher(line);
            Matcher status = EXPECTED.matcher(line);
            if (variable.matches()) {
                variables.put(variable.group(1), variable.group(2));
            } else if (status.matches()) {
                expected = Integer.parseInt(status.group(1));
            } else if (!line.isEmpty() && !COMMENT.matcher(line).matches()) {
                break;
            }
        }
        if (i < block.size()) {
            if (expected == 0) {
                throw new IllegalArgumentException("No expected status: " + title);
            }
            requests.add(request(title, expected, block.subList(i, block.size())));
        }
    }

    private static Request request(String title, int expected, List<String> lines) {
        Matcher request = matched(REQUEST, lines.get(0));
        int blank = lines.indexOf("");
        int end = blank < 0 ? lines.size() : blank;
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : lines.subList(1, end)) {
            Matcher header = matched(HEADER, line);
            headers.put(header.group(1), header.group(2));
        }
        List<String> body = lines.subList(end, lines.size());
        body.stream()
                .filter(line -> COMMENT.matcher(line).matches())
                .findFirst()
                .ifPresent(line -> {
                    throw new IllegalArgumentException("Some editors would send this: " + line);
                });
        return new Request(
                title,
                expected,
                request.group(1),
                request.group(2),
                headers,
                String.join("\n", body).trim());
    }

    private static Matcher matched(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not understood: " + line);
        }
        return matcher;
    }
}
