package dev.identities.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.identities.benchmark.Results.Filters;
import dev.identities.benchmark.Results.Sweep;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Lists of sessions with a filter, from filters that an index answers to those that go through everything. */
final class Filtering {

    /** What the first pages are compared with. */
    static final String UNFILTERED = "no filter, first page";

    /** First pages that an index or many matches make quick. */
    static final List<Quick> QUICK = List.of(
            new Quick(
                    "filter: a window of creation time",
                    names -> "obj.created_at > timestamp(time.now).subtract(\"1d\")"),
            new Quick("filter: a username", names -> "obj.application_user.username == \"" + names.take() + "\""),
            new Quick("filter: an application", names -> "\"wiki\" in obj.clients"),
            new Quick("filter: an identity provider", names -> "obj.identity_provider.alias == \"partner\""),
            new Quick("filter: a browser", names -> "obj.browser_session.user_agent.browser_name == \"Firefox\""));

    static final String COUNTRY = "filter: a country of 0.5 %";

    static final String ADDRESS = "filter: an address, all pages";
    static final String NETWORK = "filter: a network, all pages";

    /** The address is in the session's JSON as text, so that the database can look for it. */
    static final String NOBODYS_ADDRESS = "filter: an address that nobody has, all pages";

    /** The browser's name is not in the session's JSON: only its user agent is. */
    static final String NOBODYS_BROWSER = "filter: a browser that nobody has, all pages";

    /** Each list is read to its end so many times, and once before. */
    private static final int SWEEPS = 3;

    /**
     * A first page with a filter.
     *
     * @param id what the report calls it
     * @param filter the filter of the next call. It may take a username, so that the calls ask for different people
     */
    record Quick(String id, Function<Turn<String>, String> filter) {}

    private final Calls plugin;
    private final Memory memory;
    private final String list;

    /** Filters the sessions of one realm. */
    Filtering(Calls plugin, Memory memory, String realm) {
        this.plugin = plugin;
        this.memory = memory;
        this.list = "/realms/" + realm + "/app/sessions?limit=" + WalkThrough.LIMIT;
    }

    /** First pages that are measured in turns with each other. */
    Map<String, Runnable> pages(Turn<String> names) {
        Map<String, Runnable> pages = new LinkedHashMap<>();
        pages.put(UNFILTERED, () -> plugin.get(list));
        for (Quick quick : QUICK) {
            pages.put(quick.id(), () -> plugin.get(first(quick.filter().apply(names))));
        }
        String country = "obj.browser_session.location.country_code == \"" + Addresses.COUNTRY + "\"";
        pages.put(COUNTRY, () -> plugin.get(first(country)));
        return pages;
    }

    /** First pages of the lists that are read to their end, for their plans. */
    Map<String, Runnable> firstOfAll() {
        Map<String, Runnable> pages = new LinkedHashMap<>();
        toTheEnd().forEach((id, filter) -> pages.put(id, () -> plugin.get(first(filter))));
        return pages;
    }

    Filters measure(Map<String, Runnable> pages, int warmUp, int rounds, Map<String, List<Plans.Statement>> plans) {
        Contest contest = new Contest();
        pages.forEach(contest::enter);
        Map<String, Sweep> sweeps = new LinkedHashMap<>();
        toTheEnd().forEach((id, filter) -> sweeps.put(id, median(filter)));
        return new Filters(contest.run(warmUp, rounds), sweeps, plans);
    }

    private static Map<String, String> toTheEnd() {
        String address = "obj.browser_session.ip_address == \"%s\"";
        Map<String, String> filters = new LinkedHashMap<>();
        filters.put(ADDRESS, address.formatted(Addresses.ADDRESS));
        filters.put(NETWORK, "obj.browser_session.ip_address in cidr(\"" + Addresses.NETWORK + "\")");
        filters.put(NOBODYS_ADDRESS, address.formatted(Addresses.NOBODYS));
        filters.put(NOBODYS_BROWSER, "obj.browser_session.user_agent.browser_name == \"Mosaic\"");
        return filters;
    }

    /** The one that took the median time of all but the first. */
    private Sweep median(String filter) {
        sweep(filter);
        List<Sweep> sweeps = new ArrayList<>();
        for (int i = 0; i < SWEEPS; i++) {
            sweeps.add(sweep(filter));
        }
        sweeps.sort(Comparator.comparingDouble(Sweep::seconds));
        return sweeps.get(SWEEPS / 2);
    }

    private Sweep sweep(String filter) {
        long liveBefore = memory.live();
        int found = 0;
        int pages = 0;
        long longest = 0;
        long start = System.nanoTime();
        String next = first(filter);
        while (next != null) {
            long asked = System.nanoTime();
            JsonNode page = plugin.json(next);
            longest = Math.max(longest, System.nanoTime() - asked);
            pages++;
            found += page.get("application_sessions").size();
            next = WalkThrough.next(page);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Sweep(found, pages, longest / 1e6, seconds, liveBefore, memory.live());
    }

    private String first(String filter) {
        return list + "&filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
    }
}
