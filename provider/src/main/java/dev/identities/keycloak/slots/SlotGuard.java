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
 * An interceptor in one of Keycloak's session caches. Reads of a closed slot find nothing, and writes to it do nothing.
 *
 * <p>It must come after the interceptor that locks keys. A write that found the slot open holds the lock until it is
 * done. So a removal that follows the closing of the slot also removes the entry of that write.
 */
final class SlotGuard extends DDAsyncInterceptor {

    private static final Logger LOG = Logger.getLogger(SlotGuard.class);

    private final ClosedSlots closed;
    private final Function<Object, List<String>> slots;

    /**
     * A guard of one cache.
     *
     * @param slots gives for a stored key the entry's own slot, then the slots whose closing closes it as well
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
     * Answers "nothing was there" for a closed slot. Keycloak takes that for a write that was done, so its request goes
     * on with the session that it has.
     */
    private Object pass(InvocationContext ctx, VisitableCommand command, Object key) {
        if (!isClosed(key)) {
            return invokeNext(ctx, command);
        }
        if (!ctx.isOriginLocal() && command instanceof WriteCommand write) {
            // Otherwise the node that sent the write would wait for backup copies, and no node makes them.
            write.fail();
        }
        return null;
    }

    @Override
    public Object visitRemoveCommand(InvocationContext ctx, RemoveCommand command) {
        // A node clears its own cache when all sessions of a realm are signed out. The realm's not-before date then
        // refuses the sessions, so no slot needs to be closed.
        if (!ctx.isOriginLocal() || command.hasAnyFlag(FlagBitSets.CACHE_MODE_LOCAL)) {
            return invokeNext(ctx, command);
        }
        List<String> names = slots.apply(command.getKey());
        // A client session that ends with its user session is covered by the slot of the user session.
        boolean covered = names.stream().anyMatch(closed::wasClosedLately);
        return covered ? invokeNext(ctx, command) : asyncInvokeNext(ctx, command, close(names.get(0)));
    }

    /** Logs a failure and goes on, because Keycloak's sign-out must not fail when we cannot close the slot. */
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

    /** Lets expirations pass: the row of the session has the same dates, so an import cannot bring it back. */
    @Override
    public Object visitRemoveExpiredCommand(InvocationContext ctx, RemoveExpiredCommand command) {
        return invokeNext(ctx, command);
    }
}
