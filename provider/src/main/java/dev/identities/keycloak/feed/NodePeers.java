package dev.identities.keycloak.feed;

import dev.identities.feed.Peers;
import dev.identities.feed.SessionEvent;
import dev.identities.keycloak.channel.NodeChannel;
import java.time.Duration;
import java.util.function.Consumer;

/** The other nodes, by the channel between nodes. */
public record NodePeers(NodeChannel channel) implements Peers {

    @Override
    public boolean isWatched(String realmId) {
        return channel.isWanted(realmId);
    }

    @Override
    public void watch(String realmId, Duration time) {
        channel.want(realmId, time);
    }

    @Override
    public void send(SessionEvent event) {
        channel.send(EventText.write(event));
    }

    /** Has events of other nodes handed over. */
    public void listen(Consumer<SessionEvent> events) {
        channel.listen(text -> EventText.read(text).ifPresent(events));
    }
}
