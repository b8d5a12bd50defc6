package dev.identities.keycloak.slots;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.infinispan.commands.VisitableCommand;
import org.infinispan.commands.functional.ReadWriteKeyCommand;
import org.infinispan.commands.functional.ReadWriteKeyValueCommand;
import org.infinispan.commands.read.GetCacheEntryCommand;
import org.infinispan.commands.read.GetKeyValueCommand;
import org.infinispan.commands.write.ComputeCommand;
import org.infinispan.commands.write.ComputeIfAbsentCommand;
import org.infinispan.commands.write.PutKeyValueCommand;
import org.infinispan.commands.write.RemoveCommand;
import org.infinispan.commands.write.RemoveExpiredCommand;
import org.infinispan.commands.write.ReplaceCommand;
import org.infinispan.commands.write.WriteCommand;
import org.infinispan.context.InvocationContext;
import org.infinispan.context.impl.FlagBitSets;
import org.infinispan.interceptors.DDAsyncInterceptor;
import org.jboss.logging.Logger;

/**
 * Stands in one of Keycloak's session caches: reads of a closed slot find nothing, writes to it do nothing.
 *
 * <p>It must stand behind the interceptor that locks keys. A write that found the slot open has the lock until it is done,
 * so whoever closes the slot and then removes its entry removes what that write left.
 */
final class SlotGuard extends DDAsyncInterceptor {

    private static final Logger LOG = Logger.getLogger(SlotGuard.class);

    private final ClosedSlots closed;
    private final Function<Object, List<String>> slots;

    /**
     * A guard of one cache.
     *
     * @param slots by the cache's stored key: the entry's own slot, then those that close it along
     */
    SlotGuard(ClosedSlots closed, Function<Object, List<String>> slots) {
        this.closed = closed;
        this.slots = slots;
    }

    private boolean isClosed(Object key) {
        return slots.apply(key).stream().anyMatch(closed::isClosed);
    }

    @Override
    public Object visitGetKeyValueCommand(InvocationContext ctx, GetKeyValueCommand command) {
        return pass(ctx, command, command.getKey());
    }

    @Override
    public Object visitGetCacheEntryCommand(InvocationContext ctx, GetCacheEntryCommand command) {
        return pass(ctx, command, command.getKey());
    }

    @Override
    public Object visitPutKeyValueCommand(InvocationContext ctx, PutKeyValueCommand command) {
        return pass(ctx, command, command.getKey());
    }

    @Override
    public Object visitComputeIfAbsentCommand(InvocationContext ctx, ComputeIfAbsentCommand command) {
        return pass(ctx, command, command.getKey());
    }

    @Override
    public Object visitComputeCommand(InvocationContext ctx, ComputeCommand command) {
        return pass(ctx, command, command.getKey());
    }

    @Override
    public Object visitReplaceCommand(InvocationContext ctx, ReplaceCommand command) {
        return pass(ctx, command, command.getKey());
    }

    // Infinispan's visitor has it raw.
    @SuppressWarnings("rawtypes")
    @Override
    public Object visitReadWriteKeyCommand(InvocationContext ctx, ReadWriteKeyCommand command) {
        return pass(ctx, command, command.getKey());
    }

    // Infinispan's visitor has it raw.
    @SuppressWarnings("rawtypes")
    @Override
    public Object visitReadWriteKeyValueCommand(InvocationContext ctx, ReadWriteKeyValueCommand command) {
        return pass(ctx, command, command.getKey());
    }

    /**
     * The answer of a closed slot is "nothing was there". To a write of Keycloak's it means that the write was done: the
     * request goes on with what it has.
     */
    private Object pass(InvocationContext ctx, VisitableCommand command, Object key) {
        if (!isClosed(key)) {
            return invokeNext(ctx, command);
        }
        if (!ctx.isOriginLocal() && command instanceof WriteCommand write) {
            // Otherwise the node that sent it waits for copies on other nodes, which nobody makes.
            write.fail();
        }
        return null;
    }

    @Override
    public Object visitRemoveCommand(InvocationContext ctx, RemoveCommand command) {
        // One node clears its own cache when all sessions of a realm are signed out. That realm's not-before date
        // decides
        // then, and nobody needs to be told of each session.
        if (!ctx.isOriginLocal() || command.hasAnyFlag(FlagBitSets.CACHE_MODE_LOCAL)) {
            return invokeNext(ctx, command);
        }
        List<String> names = slots.apply(command.getKey());
        // Of a client session that goes with its user session, the latter's slot is enough, once it is known.
        boolean covered = names.stream().anyMatch(closed::wasClosedLately);
        return covered ? invokeNext(ctx, command) : asyncInvokeNext(ctx, command, close(names.get(0)));
    }

    /** Keycloak's sign-out must not fail because of us; what it loses is the certainty, and the log says so. */
    private CompletionStage<Void> close(String slot) {
        CompletionStage<Void> told;
        try {
            told = closed.close(List.of(slot));
        } catch (RuntimeException e) {
            told = CompletableFuture.failedFuture(e);
        }
        return told.exceptionally(failure -> {
            LOG.warn("A session that Keycloak ends may come back: other nodes could not be told of its end", failure);
            return null;
        });
    }

    /** What expires is over by its own dates, which a row has as well. */
    @Override
    public Object visitRemoveExpiredCommand(InvocationContext ctx, RemoveExpiredCommand command) {
        return invokeNext(ctx, command);
    }
}
