package dev.identities.api.ngrok;

import dev.identities.access.AdminCaller;
import dev.identities.api.Call;
import dev.identities.api.EventSink;
import dev.identities.api.EventStream;
import dev.identities.api.Json;
import dev.identities.api.Query;
import dev.identities.feed.Cursor;
import dev.identities.feed.FeedHub;
import dev.identities.feed.FeedOutput;
import dev.identities.feed.Feeds;
import dev.identities.feed.SessionEvent;
import dev.identities.feed.Subscription;
import dev.identities.feed.Viewer;
import dev.identities.feed.Watcher;
import dev.identities.filter.Filter;
import dev.identities.filter.FilterException;
import dev.identities.session.Place;
import dev.identities.session.Session;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Opens feeds of events. Nothing that a feed keeps may hold a part of the request, because it outlives the request. */
record EventsHandler(Feeds feeds, Function<String, Optional<Place>> places) {

    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private static final String FILTER = "filter";

    static final List<String> PARAMETERS = List.of(FILTER);

    Response.ResponseBuilder open(Call<AdminCaller> call) throws NgrokError.Raised {
        Optional<String> last = call.request().header(LAST_EVENT_ID).filter(text -> !text.isBlank());
        Optional<Cursor> from = last.map(String::strip).flatMap(Cursor::parse);
        if (last.isPresent() && from.isEmpty()) {
            throw NgrokError.invalidLastEventId(last.get()).raised();
        }
        BiPredicate<Viewer, SessionEvent> filter = filter(call.query(), places);
        Watcher watcher = feeds.watcher(call.caller());
        if (!feeds.hub().hasRoom(watcher)) {
            throw NgrokError.tooManyFeeds().raised();
        }
        Subscription subscription = new Subscription(feeds.realmId(), watcher, from, filter, writer(places));
        FeedHub hub = feeds.hub();
        EventStream stream = sink -> hub.open(subscription, new Output(sink));
        // The second header keeps nginx from holding events back until it has a buffer full of them.
        return Response.ok(stream, MediaType.SERVER_SENT_EVENTS)
                .header("Cache-Control", "no-cache, no-store")
                .header("X-Accel-Buffering", "no");
    }

    /** An event of a session that is not known matches no filter. Empty text is no filter, as in the lists. */
    private static BiPredicate<Viewer, SessionEvent> filter(Query query, Function<String, Optional<Place>> places)
            throws NgrokError.Raised {
        Optional<String> text = query.first(FILTER).filter(given -> !given.isEmpty());
        if (text.isEmpty()) {
            return (viewer, event) -> true;
        }
        try {
            Filter<Session> filter = Filter.ofSessions(text.get(), Instant.now());
            return (viewer, event) -> event.session()
                    .filter(session -> filter.matches(
                            session,
                            new CallerSurroundings(
                                    viewer.directory(), places, SignalReader.fixed(event.signals()), viewer.caller())))
                    .isPresent();
        } catch (FilterException e) {
            throw NgrokError.invalidFilter(e.getMessage()).raised();
        }
    }

    private static BiFunction<Viewer, SessionEvent, Optional<String>> writer(Function<String, Optional<Place>> places) {
        return (viewer, event) -> viewer.caller().mayView(event.ref().userId())
                ? Optional.of(Json.write(
                        new NgrokRenderer(viewer.directory(), places, SignalReader.NONE, viewer.caller()).event(event)))
                : Optional.empty();
    }

    private record Output(EventSink sink) implements FeedOutput {

        @Override
        public CompletionStage<?> event(Cursor place, String type, String json) {
            return sink.send(EventSink.Message.event(place.toString(), type, json));
        }

        @Override
        public CompletionStage<?> comment(Cursor place, String text) {
            return sink.send(EventSink.Message.comment(place.toString(), text));
        }

        @Override
        public boolean isClosed() {
            return sink.isClosed();
        }

        @Override
        public void close() {
            sink.close();
        }
    }
}
