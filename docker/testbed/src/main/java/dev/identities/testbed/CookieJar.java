package dev.identities.testbed;

import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cookies of one browser on one host. Unlike the JDK's it sends {@code Secure} cookies over plain http, as browsers do
 * on localhost.
 */
final class CookieJar {

    private final Map<String, HttpCookie> cookies = new LinkedHashMap<>();

    /** The same cookies; what one of the two learns later, the other does not. */
    CookieJar copy() {
        CookieJar copy = new CookieJar();
        copy.cookies.putAll(cookies);
        return copy;
    }

    void store(URI uri, HttpHeaders headers) {
        for (String header : headers.allValues("Set-Cookie")) {
            for (HttpCookie cookie : HttpCookie.parse(header)) {
                if (cookie.getPath() == null) {
                    cookie.setPath(uri.getPath());
                }
                String key = cookie.getName() + ";" + cookie.getPath();
                if (cookie.getMaxAge() == 0 || cookie.getValue().isEmpty()) {
                    cookies.remove(key);
                } else {
                    cookies.put(key, cookie);
                }
            }
        }
    }

    /** The Cookie header for a request, or empty. */
    String header(URI uri) {
        List<String> matching = new ArrayList<>();
        for (HttpCookie cookie : cookies.values()) {
            if (uri.getPath().startsWith(cookie.getPath()) && !cookie.hasExpired()) {
                matching.add(cookie.getName() + "=" + cookie.getValue());
            }
        }
        return String.join("; ", matching);
    }

    /** Closes the browser and opens it again: cookies without a lifetime are gone. */
    void dropSessionCookies() {
        cookies.values().removeIf(cookie -> cookie.getMaxAge() < 0);
    }

    Map<String, String> snapshot() {
        Map<String, String> values = new LinkedHashMap<>();
        cookies.values().forEach(cookie -> values.put(cookie.getPath() + " " + cookie.getName(), cookie.getValue()));
        return values;
    }
}
