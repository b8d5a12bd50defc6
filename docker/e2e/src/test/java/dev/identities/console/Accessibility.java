package dev.identities.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.selenium.AxeBuilder;

/** Has axe check the view on the screen. */
final class Accessibility {

    private Accessibility() {}

    /** Fails unless a part of the page is without any violation. */
    static void check(Chrome chrome, String part) {
        var results = new AxeBuilder().disableIframeTesting().include(part).analyze(chrome.driver());
        assertThat(results.getPasses()).as("rules that apply to " + part).isNotEmpty();
        assertThat(results.getViolations())
                .as("violations in " + part)
                .extracting(rule -> rule.getId() + ": "
                        + rule.getNodes().stream()
                                .map(node -> node.getTarget() + " " + node.getFailureSummary())
                                .toList())
                .isEmpty();
    }
}
