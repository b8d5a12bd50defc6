package dev.identities.feed;

import dev.identities.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** All feeds of this node, and what the node remembers for them. */
public final class FeedHub implements AutoCloseable {

    /** Open feeds of one account on one node. An account is one program, and one feed gives it everything. */
    public static final int MAX_PER_ACCOUNT = 20;

    /** Open feeds on one node. Each has a connection and some kilobytes of memory. */
    public static final int MAX_PER_NODE = 1000;

    /** Events that a node remembers of a realm. */
    public static final int MAX_REMEMBERED = Memory.MAX_EVENTS;

    /**
     * How often each feed's rights are looked up and its connection kept alive. Proxies close connections that are idle
     * for a minute.
     */
    static final Duration ROUND = Duration.ofSeconds(10);

    /** When to ask again for a feed that is one too many: a client that is gone without a word is noticed in a round. */
    public static final Duration RETRY_AFTER = ROUND;

    /** A feed whose rights could not be looked up for so long is closed. A lost right must count after half a minute. */
    static final Duration MAX_UNCHECKED = Duration.ofSeconds(25);

    /** A place of another node is taken back by so much, because clocks differ and events arrive at different times. */
    static final Duration OVERLAP = Duration.ofSeconds(5);

    /** Pieces of work that may wait for the feeds' thread. */
    private static final int MAX_WAITING = 1000;

    private static final Logger LOG = Logger.getLogger(FeedHub.class);

    private final Audience audience;
    private final SignalSource signals;
    private final Peers peers;
    private final ScheduledExecutorService executor;
    private final InstantSource clock;
    private final String node = UUID.randomUUID().toString().substring(0, 8);
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<String, RealmFeeds> realms = new ConcurrentHashMap<>();

    /** Held while the open feeds are counted and one is added. */
    private final Object opening = new Object();

    /**
     * The hub of a server.
     *
     * @param signals asked on the feeds' thread, about sessions that begin in realms that have feeds on this node
     * @param executor one thread; closed with this hub
     */
    public FeedHub(
            Audience audience,
            SignalSource signals,
            Peers peers,
            ScheduledExecutorService executor,
            InstantSource clock) {
        this.audience = audience;
        this.signals = signals;
        this.peers = peers;
        this.executor = executor;
        this.clock = clock;
        Future<?> unused = executor.scheduleWithFixedDelay(
                this::nextRound, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether anybody listens to the realm, or did so lately, on this node or another. Otherwise no event is made. */
    public boolean isWatched(String realmId) {
        return realms.containsKey(realmId) || peers.isWatched(realmId);
    }

    /** Takes an event of this node. Returns at once. */
    public void publish(SessionEvent event) {
        receive(event);
        peers.send(event);
    }

    /** Takes an event of another node. Returns at once. */
    public void receive(SessionEvent event) {
        RealmFeeds realm = realms.get(event.realmId());
        if (realm != null && realm.memory().add(event)) {
            wake(event.realmId(), realm);
            // Half of the places are for ends, because a comparison takes longer, and sign-ins can be many.
            if (event.type() == SessionEvent.Type.STARTED) {
                if (waiting.get() < MAX_WAITING / 2) {
                    later(() -> raiseSignals(event));
                }
            }
        }
    }

    /** Other nodes do the same for their feeds, so a node without feeds does not compare sessions. */
    private void raiseSignals(SessionEvent started) {
        started.session().ifPresent(begun -> {
            List<Signal> found = signals.of(started.realmId(), begun);
            found.forEach(signal -> receive(started.raise(signal.code(), found)));
        });
    }

    /**
     * Runs work for an event on the feeds' thread. Returns at once. When too much waits, the work is dropped: events are
     * then missing, but no sign-in and no logout waits.
     */
    public void later(Runnable work) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            LOG.warn("Too many events wait for the feeds: one is left out");
            return;
        }
        try {
            executor.execute(() -> {
                waiting.decrementAndGet();
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOG.warn("An event is missing in the feeds", e);
                }
            });
        } catch (RejectedExecutionException stopping) {
            LOG.debug("The server stops: an event is left out", stopping);
        }
    }

    /** Whether an account may open a feed more. A feed whose client has heard from it counts. */
    public boolean hasRoom(Watcher watcher) {
        // A feed says hello before it is entered, both in this lock.
        synchronized (opening) {
            List<Feed> open = realms.values().stream()
                    .flatMap(realm -> realm.feeds().stream())
                    .filter(feed -> !feed.isClosed())
                    .toList();
            return open.size() < MAX_PER_NODE
                    && open.stream()
                                    .filter(feed -> feed.subscription()
                                            .watcher()
                                            .account()
                                            .equals(watcher.account()))
                                    .count()
                            < MAX_PER_ACCOUNT;
        }
    }

    /**
     * Opens a feed. Nothing is missed from the moment on at which this returns. If feeds that were admitted at the same
     * time have taken the room, the connection is closed. The client connects again and is told why.
     */
    public void open(Subscription subscription, FeedOutput output) {
        String realmId = subscription.realmId();
        peers.watch(realmId, Memory.MAX_AGE);
        synchronized (opening) {
            if (!hasRoom(subscription.watcher())) {
                output.close();
                return;
            }
            realms.compute(realmId, (id, known) -> {
                RealmFeeds realm = known == null ? new RealmFeeds(new Memory(clock)) : known;
                realm.listened(clock.instant());
                realm.feeds().add(feed(subscription, output, realm.memory()));
                return realm;
            });
        }
        wake(realmId, realms.get(realmId));
    }

    /** Says hello first, so that the head of the answer is out before another thread sends. */
    private Feed feed(Subscription subscription, FeedOutput output, Memory memory) {
        long now = memory.now();
        long place = subscription
                .from()
                .map(from -> from.node().equals(node) ? from.stamp() : from.stamp() - OVERLAP.toMillis())
                .orElse(now);
        Object unused = output.comment(new Cursor(node, Math.min(place, now)), "open");
        return new Feed(subscription, output, node, place, clock.instant());
    }

    private void wake(String realmId, RealmFeeds realm) {
        if (realm != null && realm.wake()) {
            try {
                executor.execute(() -> {
                    realm.awake();
                    deliver(realmId, realm, false);
                });
            } catch (RejectedExecutionException stopping) {
                LOG.debug("The server stops: an event is not delivered", stopping);
            }
        }
    }

    /** The executor makes no further round after one that fails, and lost rights would count no more. */
    private void nextRound() {
        try {
            rounds();
        } catch (RuntimeException e) {
            LOG.error("A round of the feeds of events broke off", e);
        }
    }

    /** Looks up the rights of all feeds, keeps their connections alive, and forgets realms that nobody listens to. */
    void rounds() {
        realms.forEach((realmId, realm) -> {
            deliver(realmId, realm, true);
            if (!realm.feeds().isEmpty()) {
                realm.listened(clock.instant());
            }
        });
        Instant forgotten = clock.instant().minus(Memory.MAX_AGE);
        for (String realmId : realms.keySet()) {
            RealmFeeds left = realms.computeIfPresent(
                    realmId,
                    (id, realm) -> realm.feeds().isEmpty() && !realm.isListenedAfter(forgotten) ? null : realm);
            if (left != null && !left.feeds().isEmpty()) {
                watch(realmId);
            }
        }
    }

    private void watch(String realmId) {
        try {
            peers.watch(realmId, Memory.MAX_AGE);
        } catch (RuntimeException e) {
            LOG.warn("Other nodes could not be told that a realm has feeds of events", e);
        }
    }

    /**
     * Hands the feeds of a realm what they have not had.
     *
     * @param everyone also feeds without news, to look up their rights
     */
    private void deliver(String realmId, RealmFeeds realm, boolean everyone) {
        try {
            List<Feed> due = realm.open().stream()
                    .filter(feed -> everyone || feed.isDue(realm.memory()))
                    .toList();
            if (!due.isEmpty()) {
                audience.attend(realmId, viewers -> deliver(realmId, realm, due, viewers, everyone));
            }
        } catch (RuntimeException e) {
            LOG.warn("The feeds of events could not be served", e);
        }
        if (everyone) {
            Instant now = clock.instant();
            realm.open().forEach(feed -> {
                if (feed.isStalled(now)) {
                    feed.end("slow");
                } else if (!feed.isCheckedAfter(now.minus(MAX_UNCHECKED))) {
                    feed.end("unavailable");
                }
            });
        }
    }

    private void deliver(
            String realmId,
            RealmFeeds realm,
            List<Feed> due,
            Function<Watcher, Optional<Viewer>> viewers,
            boolean keepAlive) {
        Map<Watcher, Optional<Viewer>> known = new HashMap<>();
        Map<Watcher, Map<String, Optional<String>>> written = new HashMap<>();
        for (Feed feed : due) {
            Subscription subscription = feed.subscription();
            Optional<Viewer> viewer = known.computeIfAbsent(subscription.watcher(), viewers);
            if (viewer.isEmpty()) {
                feed.end("access_lost");
                continue;
            }
            Map<String, Optional<String>> texts =
                    written.computeIfAbsent(subscription.watcher(), watcher -> new HashMap<>());
            try {
                feed.advance(
                        realm.memory(),
                        event -> texts.computeIfAbsent(
                                event.id(), id -> subscription.writer().apply(viewer.get(), event)),
                        event -> subscription.filter().test(viewer.get(), event),
                        clock.instant(),
                        keepAlive,
                        () -> wakeFor(feed, realmId, realm));
            } catch (RuntimeException e) {
                // If it stayed, it would fail again each time, and keep the feeds behind it from their events.
                feed.end("unavailable");
                throw e;
            }
        }
    }

    private void wakeFor(Feed feed, String realmId, RealmFeeds realm) {
        if (feed.isDue(realm.memory())) {
            wake(realmId, realm);
        }
    }

    /** Ends all feeds. */
    @Override
    public void close() {
        executor.shutdownNow();
        realms.values().forEach(realm -> realm.open().forEach(feed -> feed.end("stopping")));
    }
}
