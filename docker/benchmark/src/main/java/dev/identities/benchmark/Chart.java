package dev.identities.benchmark;

import dev.identities.benchmark.Results.Bounded;
import dev.identities.benchmark.Results.Figure;
import dev.identities.benchmark.Results.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The cost of a page over the number of sessions as a picture (SVG), both on a logarithmic scale: ours and Keycloak's.
 */
final class Chart {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 400;
    private static final int LEFT = 80;
    private static final int RIGHT = 230;
    private static final int TOP = 50;
    private static final int BOTTOM = 50;

    /** The lowest line of the chart, in milliseconds. */
    private static final double LEAST = 1;

    /** Lines of text need so many pixels. */
    private static final double TEXT_HEIGHT = 15;

    private static final String OURS = "#0066cc";
    private static final String THEIRS = "#a30000";

    private final StringBuilder svg = new StringBuilder();
    private final double fewest;
    private final double most;
    private final double slowest;
    private final List<Line> lines;

    /**
     * How a request's cost grows.
     *
     * @param dashes of the line, in SVG's words
     */
    private record Line(String label, String colour, String dashes, List<Point> points) {

        Point last() {
            return points.get(points.size() - 1);
        }
    }

    /**
     * One measurement.
     *
     * @param answered false where the request came to no end within that time
     */
    private record Point(long sessions, double millis, boolean answered) {}

    private Chart(List<Stage> stages) {
        lines = List.of(
                        line("a page, first", OURS, "none", stages, "sessions, first page"),
                        line("a page, half depth", OURS, "6 4", stages, "sessions, page at half depth"),
                        line("Keycloak: first", THEIRS, "none", stages, "Keycloak: sessions, first page"),
                        line("Keycloak: half depth", THEIRS, "6 4", stages, "Keycloak: sessions, page at half depth"))
                .stream()
                .filter(line -> !line.points().isEmpty())
                .toList();
        fewest = stages.get(0).sessions();
        most = Math.max((double) stages.get(stages.size() - 1).sessions(), fewest * 10);
        slowest = Math.pow(
                10,
                Math.ceil(Math.log10(lines.stream()
                        .flatMap(line -> line.points().stream())
                        .mapToDouble(Point::millis)
                        .max()
                        .orElse(10))));
    }

    /**
     * The picture.
     *
     * @param stages by their number of sessions; those without figures of pages are left out
     */
    static String of(List<Stage> stages) {
        return new Chart(stages).draw();
    }

    private static Line line(String label, String colour, String dashes, List<Stage> stages, String request) {
        List<Point> points = new ArrayList<>();
        stages.forEach(stage -> point(stage, request).ifPresent(points::add));
        return new Line(label, colour, dashes, points);
    }

    private static Optional<Point> point(Stage stage, String request) {
        Bounded bounded = stage.keycloak().get(request);
        if (bounded != null) {
            return Optional.of(new Point(stage.sessions(), bounded.median(), bounded.answered()));
        }
        return Optional.ofNullable(stage.reading())
                .map(reading -> reading.requests().get(request))
                .map(Figure::median)
                .map(millis -> new Point(stage.sessions(), millis, true));
    }

    private String draw() {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">",
                WIDTH, HEIGHT);
        add("<title>Milliseconds for a page of 100 sessions, by the number of sessions</title>");
        add("<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>");
        add("<text x=\"%d\" y=\"24\" font-size=\"15\">Milliseconds for a page of 100 sessions</text>", LEFT);
        for (double millis = LEAST; millis <= slowest; millis *= 10) {
            add("<path d=\"M%d %.1fH%d\" stroke=\"#d2d2d2\"/>", LEFT, y(millis), WIDTH - RIGHT);
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%,.0f</text>", LEFT - 8, y(millis) + 4, millis);
        }
        for (double sessions = Math.pow(10, Math.ceil(Math.log10(fewest))); sessions <= most; sessions *= 10) {
            add(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,.0f</text>",
                    x(sessions), HEIGHT - BOTTOM + 20, sessions);
        }
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">sessions</text>", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10);
        List<Double> taken = new ArrayList<>();
        lines.forEach(line -> draw(line, taken));
        add("</svg>");
        return svg.toString();
    }

    private void draw(Line line, List<Double> taken) {
        StringBuilder path = new StringBuilder();
        for (Point point : line.points()) {
            path.append(String.format(
                    Locale.ROOT,
                    "%s%.1f %.1f",
                    path.isEmpty() ? "M" : "L",
                    x((double) point.sessions()),
                    y(point.millis())));
        }
        add(
                "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-dasharray=\"%s\"/>",
                path, line.colour(), line.dashes());
        line.points()
                .forEach(point -> add(
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" stroke=\"%s\" fill=\"%s\"/>",
                        x((double) point.sessions()),
                        y(point.millis()),
                        line.colour(),
                        // Hollow: it took longer than that.
                        point.answered() ? line.colour() : "#ffffff"));
        double at = y(line.last().millis()) + 4;
        while (taken.stream().anyMatch(below(at))) {
            at -= TEXT_HEIGHT;
        }
        taken.add(at);
        add(
                "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s</text>",
                x((double) line.last().sessions()) + 10, at, line.colour(), label(line));
    }

    private static Predicate<Double> below(double at) {
        return other -> Math.abs(other - at) < TEXT_HEIGHT;
    }

    private static String label(Line line) {
        Point last = line.last();
        return String.format(
                Locale.ROOT, "%s: %s%,.0f ms", line.label(), last.answered() ? "" : "more than ", last.millis());
    }

    private double x(double sessions) {
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.log(sessions / fewest) / Math.log(most / fewest);
    }

    private double y(double millis) {
        double height = HEIGHT - TOP - BOTTOM;
        return HEIGHT - BOTTOM - height * Math.log(Math.max(millis, LEAST)) / Math.log(slowest);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
