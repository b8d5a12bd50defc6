package dev.identities.keycloak.ending;

import static dev.identities.notify.Message.Result.CONFIRMED;
import static dev.identities.notify.Message.Result.NOTHING_SENT;
import static dev.identities.notify.Message.Result.NOT_CONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.identities.notify.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.KeycloakSession;

/** With real servers on the loopback interface. An answer without an end fails by the time-out of the test. */
@Timeout(60)
class HttpWatchTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final CloseableHttpClient client = HttpClients.createDefault();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            int status = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
            exchange.getResponseHeaders().add("Location", "/200");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.stop(0);
        client.close();
    }

    @Test
    @DisplayName("an attempt that sends nothing has the result \"nothing sent\"")
    void nothing() {
        try (HttpWatch watch = new HttpWatch(session(), LONG)) {
            assertThat(watch.result()).isEqualTo(NOTHING_SENT);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @DisplayName("an attempt is confirmed only if all answers are of success")
    @CsvSource({
        "200, CONFIRMED",
        "204, CONFIRMED",
        "302, CONFIRMED",
        "304, NOT_CONFIRMED",
        "400, NOT_CONFIRMED",
        "500, NOT_CONFIRMED",
        "200 204, CONFIRMED",
        "500 200, NOT_CONFIRMED",
        "200 404, NOT_CONFIRMED"
    })
    void answers(String statuses, Message.Result result) throws IOException {
        try (HttpWatch watch = new HttpWatch(session(), LONG)) {
            for (String status : statuses.split(" ", -1)) {
                get(watch, "http://localhost:" + server.getAddress().getPort() + "/" + status);
            }
            assertThat(watch.result()).isEqualTo(result);
        }
    }

    @Test
    @DisplayName("a party that does not listen confirms nothing, also after an earlier answer of success")
    void nobody() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        try (HttpWatch watch = new HttpWatch(session(), LONG)) {
            assertThatThrownBy(() -> get(watch, "http://localhost:" + closed + "/"))
                    .isInstanceOf(IOException.class);
            assertThat(watch.result()).isEqualTo(NOT_CONFIRMED);
            get(watch, "http://localhost:" + server.getAddress().getPort() + "/200");
            assertThat(watch.result()).isEqualTo(NOT_CONFIRMED);
        }
    }

    @Test
    @DisplayName("an answer whose head comes a byte at a time is broken off when the attempt's time is up, and nothing"
            + " follows")
    void tricklingHead() throws IOException {
        try (Trickle trickle = new Trickle("");
                HttpWatch watch = new HttpWatch(session(), SHORT)) {
            assertThatThrownBy(() -> get(watch, trickle.url())).isInstanceOf(IOException.class);
            assertThat(watch.result()).isEqualTo(NOT_CONFIRMED);
            assertThatThrownBy(() ->
                            get(watch, "http://localhost:" + server.getAddress().getPort() + "/200"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("time limit");
            assertThat(watch.result()).isEqualTo(NOT_CONFIRMED);
        }
    }

    @Test
    @DisplayName("an answer of success whose body does not end confirms, and is broken off as well")
    void tricklingBody() throws IOException {
        try (Trickle trickle = new Trickle("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
                HttpWatch watch = new HttpWatch(session(), SHORT)) {
            assertThatThrownBy(() -> get(watch, trickle.url())).isInstanceOf(IOException.class);
            assertThat(watch.result()).isEqualTo(CONFIRMED);
        }
    }

    private static void get(HttpWatch watch, String url) throws IOException {
        HttpClientProvider http = watch.session().getProvider(HttpClientProvider.class);
        try (CloseableHttpResponse response = http.getHttpClient().execute(new HttpGet(url))) {
            EntityUtils.consume(response.getEntity());
        }
    }

    /** With nothing but an HTTP client. */
    private KeycloakSession session() {
        HttpClientProvider provider = proxy(HttpClientProvider.class, client);
        return proxy(KeycloakSession.class, provider);
    }

    private static <T> T proxy(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                HttpWatchTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> answer));
    }

    /** Answers with a beginning, and then a byte at a time without an end. */
    private static final class Trickle implements AutoCloseable {

        private final ServerSocket socket = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());

        Trickle(String beginning) throws IOException {
            Thread thread = new Thread(
                    () -> {
                        try (Socket connection = socket.accept();
                                OutputStream out = connection.getOutputStream()) {
                            out.write(beginning.getBytes(StandardCharsets.US_ASCII));
                            while (!socket.isClosed()) {
                                out.write('x');
                                out.flush();
                                Thread.sleep(50);
                            }
                        } catch (IOException brokenOff) {
                            // As it is to be.
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    },
                    "trickle");
            thread.setDaemon(true);
            thread.start();
        }

        String url() {
            return "http://localhost:" + socket.getLocalPort() + "/";
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
