package dev.identities.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.identities.benchmark.Results.Bounded;
import dev.identities.benchmark.Results.Figure;
import dev.identities.benchmark.Results.Reading;
import dev.identities.benchmark.Results.Stage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartTest {

    private static final List<Stage> STAGES =
            List.of(stage(10_000, 11, 272, true), stage(100_000, 9, 12_153, true), stage(1_000_000, 10, 3e5, false));

    private static Stage stage(long sessions, double page, double deep, boolean answered) {
        return new Stage(
                sessions,
                new Reading(
                        Map.of(
                                "sessions, first page", new Figure(1, page, page),
                                "sessions, page at half depth", new Figure(1, page + 1, page + 1),
                                "Keycloak: sessions, first page", new Figure(1, 20 * page, 20 * page)),
                        Map.of(),
                        Map.of()),
                null,
                null,
                Map.of(),
                Map.of("Keycloak: sessions, page at half depth", new Bounded(1, answered, deep, 300)));
    }

    private static List<Element> elements(List<Stage> stages, String name) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(Chart.of(stages).getBytes(StandardCharsets.UTF_8)));
        NodeList found = document.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(found::item)
                .map(Element.class::cast)
                .toList();
    }

    private static List<String> texts(List<Stage> stages) throws Exception {
        return elements(stages, "text").stream().map(Element::getTextContent).toList();
    }

    @Test
    @DisplayName("four lines with a point for each size, named with the last figure")
    void lines() throws Exception {
        assertThat(elements(STAGES, "circle")).hasSize(12);
        assertThat(texts(STAGES))
                .contains("10,000", "100,000", "1,000,000")
                .contains("a page, first: 10 ms", "a page, half depth: 11 ms", "Keycloak: first: 200 ms");
    }

    @Test
    @DisplayName("a request that came to no end is a hollow point, and more than its bound")
    void unanswered() throws Exception {
        assertThat(elements(STAGES, "circle").stream()
                        .filter(point -> point.getAttribute("fill").equals("#ffffff")))
                .hasSize(1);
        assertThat(texts(STAGES)).contains("Keycloak: half depth: more than 300,000 ms");
    }

    @Test
    @DisplayName("a page that costs more stands higher, and more sessions stand further to the right")
    void scale() throws Exception {
        List<Element> points = elements(STAGES, "circle");
        double quicker = Double.parseDouble(points.get(0).getAttribute("cy"));
        double slower = Double.parseDouble(points.get(6).getAttribute("cy"));
        assertThat(slower).isLessThan(quicker);
        assertThat(points.subList(0, 3).stream().map(point -> Double.parseDouble(point.getAttribute("cx"))))
                .isSorted();
    }

    @Test
    @DisplayName("one size alone, without Keycloak's deep page, is a chart as well")
    void small() throws Exception {
        Stage alone = stage(10_000, 11, 272, true);
        List<Stage> stages = List.of(new Stage(10_000, alone.reading(), null, null, Map.of(), Map.of()));
        assertThat(elements(stages, "circle")).hasSize(3);
    }
}
