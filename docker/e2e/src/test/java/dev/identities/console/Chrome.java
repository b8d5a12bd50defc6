package dev.identities.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.NotFoundException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Chromium without a window and with a profile of its own. Registered with a test class it fails every test in which a
 * page complained to the browser's console, leaves a picture of what a failed test saw, and ends with the class.
 */
final class Chrome implements AfterEachCallback, AfterAllCallback {

    static final int USUAL_WIDTH = 1440;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String FLAGS = """
            --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run
            --disable-background-networking --disable-component-update --disable-sync --window-size=1440,900
            """;

    /** What the stock console complains of, with our page and without. */
    private static final List<String> STOCK_COMPLAINTS = List.of(
            "allow-scripts and allow-same-origin", "For accessibility reasons an aria-label should be specified");

    private final ChromeDriver driver;
    private final List<String> expected = new ArrayList<>();

    private Chrome(ChromeDriver driver) {
        this.driver = driver;
    }

    /** A new browser for somebody who reads this language. */
    static Chrome start(String language, String... arguments) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program("chromium", "chromium-browser", "google-chrome"));
        options.addArguments(FLAGS.trim().split("\\s+"));
        options.addArguments("--lang=" + language, "--accept-lang=" + language);
        options.addArguments(arguments);
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver"))
                .withSilent(true)
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        Chrome chrome = new Chrome(driver);
        chrome.width(USUAL_WIDTH);
        return chrome;
    }

    /** How wide the page is, in CSS pixels. */
    void width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    }

    /** The first of these programs that is on the path. */
    private static File program(String... names) {
        String path = System.getenv("PATH");
        return Arrays.stream(names)
                .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(folder -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "No " + names[0] + " on the PATH. The tests of the admin console page drive Chromium: install"
                                + " it and its driver (Debian and Ubuntu: apt-get install chromium chromium-driver)"));
    }

    ChromeDriver driver() {
        return driver;
    }

    /** The same in the other of the two modes, as the operating system would ask for it. */
    void prefersDark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** Waits until it is there: true, or anything that is not null. */
    <T> T await(String what, Supplier<T> condition) {
        return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(100))
                .ignoring(NotFoundException.class, StaleElementReferenceException.class)
                .withMessage(() -> what + "; the page says: " + text())
                .until(ignored -> condition.get());
    }

    /** Moves the pointer away from everything, because what it stands on may show a tooltip over something else. */
    void pointNowhere() {
        new Actions(driver).moveToLocation(0, 0).perform();
        await("no tooltip", () -> driver.findElements(By.cssSelector("[role=tooltip]"))
                .isEmpty());
    }

    /** What is to be read on the whole page. */
    String text() {
        return String.valueOf(driver.executeScript("return document.body.innerText"));
    }

    /** A picture of what is seen now, kept as output of the build. */
    void screenshot(String name) {
        Path file = Path.of(System.getProperty("identities.screenshots", "target/screenshots"), name + ".png");
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As if it were a new profile: nobody is signed in anywhere. */
    void forgetEverything() {
        driver.get("about:blank");
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
    }

    /** From now on requests to these addresses fail, and no others; {@code *} stands for anything. */
    void block(String... addresses) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(addresses)));
    }

    /** The test provokes complaints that hold this text. */
    void expectComplaint(String part) {
        expected.add(part);
    }

    /** Errors and warnings on the browser's console since the last time, uncaught exceptions included. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> Stream.concat(STOCK_COMPLAINTS.stream(), expected.stream())
                        .noneMatch(message::contains))
                .toList();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            String test = context.getRequiredTestMethod().getName();
            screenshot("failed/" + context.getRequiredTestClass().getSimpleName() + "-" + test);
        }
        List<String> complaints = complaints();
        expected.clear();
        assertThat(complaints).as("errors and warnings on the console").isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    void close() {
        driver.quit();
    }
}
