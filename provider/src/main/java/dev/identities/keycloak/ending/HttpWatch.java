package dev.identities.keycloak.ending;

import dev.identities.keycloak.Overriding;
import dev.identities.notify.Message;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.conn.ClientConnectionManager;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.params.HttpParams;
import org.apache.http.protocol.HttpContext;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Watches the HTTP requests of Keycloak's code in one attempt to tell a party. There are two reasons. Keycloak's code
 * hides some answers: all answers of identity providers, and answers of failure of SAML applications. And Keycloak's
 * HTTP client has a time-out per read, so a party that sends a byte a second keeps its thread for ever.
 *
 * <p>Keycloak's code works with {@link #session}. Its HTTP client wraps Keycloak's own.
 */
final class HttpWatch implements AutoCloseable {

    private final KeycloakSession session;
    private final Duration limit;

    /**
     * Breaks the attempt off when the time is up. Null before the first request, because a server that has just started
     * needs long until then.
     */
    private CompletableFuture<Void> alarm;

    private HttpUriRequest current;
    private boolean timeIsUp;
    private boolean sent;
    private boolean unanswered;
    private boolean refused;
    private boolean confirmed;

    /**
     * Starts to watch.
     *
     * @param limit the time for all requests together, from the first one on. Then a request under way is broken off
     */
    HttpWatch(KeycloakSession own, Duration limit) {
        this.session = view(own);
        this.limit = limit;
    }

    /** The session to work with. */
    KeycloakSession session() {
        return session;
    }

    /** The result so far. A redirection counts by the answer of its target. */
    synchronized Message.Result result() {
        if (!sent) {
            return Message.Result.NOTHING_SENT;
        }
        return confirmed && !unanswered && !refused ? Message.Result.CONFIRMED : Message.Result.NOT_CONFIRMED;
    }

    /** Nothing is broken off any more. */
    @Override
    public synchronized void close() {
        if (alarm != null) {
            alarm.cancel(false);
        }
    }

    private synchronized void breakOff() {
        timeIsUp = true;
        if (current != null) {
            current.abort();
        }
    }

    private synchronized void begins(HttpRequest request) throws IOException {
        refused |= unanswered;
        sent = true;
        unanswered = true;
        if (timeIsUp) {
            throw new InterruptedIOException("the time limit of an attempt is over");
        }
        if (alarm == null) {
            // The JVM's timer would keep a delayed task, and all that it holds, until the time is up, cancelled or not.
            alarm = new CompletableFuture<Void>().completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS);
            CompletableFuture<Void> unused = alarm.thenRunAsync(this::breakOff);
        }
        // All requests of Keycloak's code can be aborted.
        current = request instanceof HttpUriRequest abortable ? abortable : null;
    }

    private synchronized void answered(int status) {
        unanswered = false;
        switch (status / 100) {
            case 2 -> confirmed = true;
            case 3 -> confirmed = false;
            default -> refused = true;
        }
    }

    private KeycloakSession view(KeycloakSession own) {
        HttpClientProvider provider = own.getProvider(HttpClientProvider.class);
        CloseableHttpClient watched = new Client(provider.getHttpClient());
        HttpClientProvider watching = Overriding.of(
                HttpClientProvider.class,
                provider,
                (proxy, method, args) -> method.getName().equals("getHttpClient") ? watched : null);
        return Overriding.of(
                KeycloakSession.class,
                own,
                (proxy, method, args) -> method.getName().equals("getProvider")
                                && args.length == 1
                                && args[0] == HttpClientProvider.class
                        ? watching
                        : null);
    }

    private final class Client extends CloseableHttpClient {

        private final CloseableHttpClient client;

        Client(CloseableHttpClient client) {
            this.client = client;
        }

        @Override
        protected CloseableHttpResponse doExecute(HttpHost target, HttpRequest request, HttpContext context)
                throws IOException {
            begins(request);
            CloseableHttpResponse response = client.execute(target, request, context);
            answered(response.getStatusLine().getStatusCode());
            return response;
        }

        @Override
        @Deprecated
        public HttpParams getParams() {
            return client.getParams();
        }

        @Override
        @Deprecated
        public ClientConnectionManager getConnectionManager() {
            return client.getConnectionManager();
        }

        /** Leaves the wrapped client open, because it belongs to the server. */
        @Override
        public void close() {
            // This class opens nothing itself.
        }
    }
}
