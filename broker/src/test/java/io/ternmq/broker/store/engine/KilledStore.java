package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.AppendOutcome;
import io.ternmq.broker.store.AppendOutcome.Stored;
import io.ternmq.common.work.BoundedPool;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A process that appends as fast as it can and says on its standard output what was acknowledged, one line each, until
 * it is killed. Arguments: directory, flush mode, first number of its messages.
 */
final class KilledStore {
    private static final int SENDERS = 4;
    private static final int IN_FLIGHT = 8;

    private KilledStore() {}

    public static void main(String[] args) {
        LocalMessageStore store = new StoreFixture(Path.of(args[0]))
                .with("flushDiskType", args[1])
                .with("mappedFileSizeCommitLog", "1048576")
                .open();
        long first = Long.parseLong(args[2]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        BoundedPool senders = new BoundedPool("sender", SENDERS, SENDERS);
        for (int sender = 1; sender < SENDERS; sender++) {
            int id = sender;
            senders.execute(() -> send(store, id, first, out));
        }
        send(store, 0, first, out); // never returns
    }

    private static void send(LocalMessageStore store, int sender, long first, PrintStream out) {
        for (long number = first; ; number += IN_FLIGHT) {
            CompletableFuture<?>[] all = new CompletableFuture<?>[IN_FLIGHT];
            for (int i = 0; i < IN_FLIGHT; i++) {
                String body = "sender " + sender + " message " + (number + i) + " " + "x".repeat((int) (number % 300));
                // A queue of two senders, so that units of both interleave.
                all[i] = store.append(List.of(StoreFixture.draft("T", sender / 2, body)), true)
                        .thenAccept(outcome -> say(out, sender / 2, body, outcome));
            }
            CompletableFuture.allOf(all).join();
        }
    }

    private static void say(PrintStream out, int queueId, String body, AppendOutcome outcome) {
        Stored stored = StoreFixture.stored(outcome);
        out.println(queueId + "|" + stored.queueOffset() + "|" + body + "|end");
    }
}
