package dev.identities.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server's metrics endpoint said at one moment, in Prometheus' text format.
 *
 * @param samples by series as it is written, {@code name{label="value",...}}
 */
record Scrape(String text, Map<String, Double> samples) {

    private static final Pattern SAMPLE = Pattern.compile("^([a-zA-Z_:][^ {]*(?:\\{.*})?) ([^ ]+)$", Pattern.MULTILINE);

    static Scrape of(URI management) {
        HttpResponse<String> answer = get(management, "/metrics");
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("No metrics: status " + answer.statusCode());
        }
        Map<String, Double> samples = new TreeMap<>();
        Matcher matcher = SAMPLE.matcher(answer.body());
        while (matcher.find()) {
            samples.put(matcher.group(1), Double.valueOf(matcher.group(2)));
        }
        return new Scrape(answer.body(), samples);
    }

    static HttpResponse<String> get(URI management, String path) {
        try {
            return Http.PLAIN.send(
                    HttpRequest.newBuilder(URI.create(management + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The value of a series, which must be there. */
    double value(String series) {
        Double value = samples.get(series);
        if (value == null) {
            throw new IllegalStateException("No " + series + " among " + ours());
        }
        return value;
    }

    /** All series of the plugin. */
    Set<String> ours() {
        Set<String> ours = new TreeSet<>(samples.keySet());
        ours.removeIf(series -> !series.startsWith("identities_"));
        return ours;
    }

    /** The names of the plugin's series, without labels. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        ours().forEach(series -> names.add(series.replaceAll("\\{.*", "")));
        return names;
    }

    /** The labels of the plugin's series. */
    Set<String> labels() {
        Set<String> labels = new TreeSet<>();
        Pattern label = Pattern.compile("[{,]([a-z_]+)=\"");
        ours().forEach(series ->
                label.matcher(series).results().map(found -> found.group(1)).forEach(labels::add));
        return labels;
    }
}
