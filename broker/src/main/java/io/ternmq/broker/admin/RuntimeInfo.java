package io.ternmq.broker.admin;

import io.ternmq.broker.store.MessageStore;
import io.ternmq.broker.store.QueueRange;
import io.ternmq.broker.store.StoreSpace;
import io.ternmq.broker.store.StoreState;
import io.ternmq.broker.traffic.Rate;
import io.ternmq.broker.traffic.Traffic;
import io.ternmq.common.message.MessageRecord;
import io.ternmq.common.time.Clock;
import io.ternmq.remoting.frame.RemotingCommand;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The state of the broker by the names that tools of this protocol know. Keys that would not be true here are left out,
 * but for those without which a tool fails. Stateless.
 */
public final class RuntimeInfo {
    private final MessageStore store;
    private final Traffic traffic;
    private final IntSupplier readsWaiting;
    private final IntSupplier adminsWaiting;
    private final Map<String, LongSupplier> counts;
    private final Supplier<Map<Integer, QueueRange>> delayProgress;
    private final Clock clock;
    private final long startedWallMillis;
    private final long startedNanos;

    /**
     * @param readsWaiting reads from disk that wait for a thread
     * @param adminsWaiting administrative requests that wait for a thread
     * @param counts our own, by key
     * @param delayProgress by delay level, the next message to be delivered and the end of those that wait
     */
    public RuntimeInfo(
            MessageStore store,
            Traffic traffic,
            IntSupplier readsWaiting,
            IntSupplier adminsWaiting,
            Map<String, LongSupplier> counts,
            Supplier<Map<Integer, QueueRange>> delayProgress,
            Clock clock) {
        this.store = store;
        this.traffic = traffic;
        this.readsWaiting = readsWaiting;
        this.adminsWaiting = adminsWaiting;
        this.counts = Map.copyOf(counts);
        this.delayProgress = delayProgress;
        this.clock = clock;
        this.startedWallMillis = clock.wallMillis();
        this.startedNanos = clock.monotonicNanos();
    }

    /** The state now, in the order of keys. */
    Map<String, String> describe() {
        Map<String, String> table = new TreeMap<>();
        describeBroker(table);
        describeTraffic(table);
        describeStore(table);
        describeWaiting(table);
        counts.forEach((key, count) -> table.put(key, Long.toString(count.getAsLong())));
        return table;
    }

    private void describeBroker(Map<String, String> table) {
        Duration up = Duration.ofNanos(clock.monotonicNanos() - startedNanos);
        table.put("brokerVersionDesc", RemotingCommand.OWN_VERSION_NAME);
        table.put("brokerVersion", Integer.toString(RemotingCommand.OWN_VERSION));
        table.put("brokerActive", "true");
        table.put("bootTimestamp", Long.toString(startedWallMillis));
        table.put(
                "runtime",
                String.format(
                        Locale.ROOT,
                        "[ %d days, %d hours, %d minutes, %d seconds ]",
                        up.toDays(),
                        up.toHoursPart(),
                        up.toMinutesPart(),
                        up.toSecondsPart()));
        table.put("startAcceptSendRequestTimeStamp", "0");
    }

    private void describeTraffic(Map<String, String> table) {
        long messages = traffic.messagesPut().total();
        long bytes = traffic.bytesPut().total();
        table.put("putMessageTimesTotal", Long.toString(messages));
        table.put("putMessageSizeTotal", Long.toString(bytes));
        table.put("putMessageAverageSize", Double.toString(messages == 0 ? 0.0 : (double) bytes / messages));
        table.put("putMessageFailedTimes", Long.toString(traffic.putsRefused().total()));
        table.put("msgPutTotalTodayNow", Long.toString(messages));
        table.put("msgPutTotalTodayMorning", Long.toString(traffic.putByDay().atTodaysStart()));
        table.put(
                "msgPutTotalYesterdayMorning", Long.toString(traffic.putByDay().atYesterdaysStart()));
        table.put("msgGetTotalTodayNow", Long.toString(traffic.messagesGot().total()));
        table.put("msgGetTotalTodayMorning", Long.toString(traffic.gotByDay().atTodaysStart()));
        table.put(
                "msgGetTotalYesterdayMorning", Long.toString(traffic.gotByDay().atYesterdaysStart()));
        table.put("putTps", rates(traffic.messagesPut()));
        table.put("getFoundTps", rates(traffic.pullsFound()));
        table.put("getMissTps", rates(traffic.pullsMissed()));
        table.put(
                "getTotalTps",
                sum(traffic.pullsFound().perSecond(), traffic.pullsMissed().perSecond()));
        String transferred = rates(traffic.messagesGot());
        table.put("getTransferredTps", transferred);
        // Misspelt as tools before 5.0 read it, who fail where it is missing.
        table.put("getTransferedTps", transferred);
    }

    private void describeStore(Map<String, String> table) {
        StoreState state = store.state();
        table.put("commitLogMinOffset", Long.toString(state.minPosition()));
        table.put("commitLogMaxOffset", Long.toString(state.appendedPosition()));
        table.put("dispatchBehindBytes", Long.toString(state.appendedPosition() - state.dispatchedPosition()));
        table.put("remainHowManyDataToFlush", bytes(state.appendedPosition() - state.flushedPosition()));
        table.put("remainHowManyDataToCommit", bytes(0));
        StoreSpace space = store.space();
        table.put("commitLogDiskRatio", Double.toString(space.usedRatio()));
        table.put("consumeQueueDiskRatio", Double.toString(space.usedRatio()));
        table.put(
                "commitLogDirCapacity",
                "Total : " + bytes(space.totalBytes()) + ", Free : " + bytes(space.freeBytes()) + ".");
        table.put("earliestMessageTimeStamp", Long.toString(earliestStoreMillis(state)));
        table.put("pageCacheLockTimeMills", "0"); // no lock is taken to append
    }

    private void describeWaiting(Map<String, String> table) {
        delayProgress
                .get()
                .forEach((level, range) ->
                        table.put("scheduleMessageOffset_" + level, range.minOffset() + "," + range.maxOffset()));
        // Sends and pulls of what is in memory are served where they arrive and never queue.
        for (String pool : new String[] {"send", "pull", "litePull", "query", "ack"}) {
            table.put(pool + "ThreadPoolQueueSize", "0");
            table.put(pool + "ThreadPoolQueueHeadWaitTimeMills", "0");
        }
        table.put("storeReaderQueueSize", Integer.toString(readsWaiting.getAsInt()));
        table.put("adminQueueSize", Integer.toString(adminsWaiting.getAsInt()));
        for (String absent : new String[] {"timerReadBehind", "timerOffsetBehind", "timerCongestNum"}) {
            table.put(absent, "0");
        }
        table.put("timerEnqueueTps", "0.0");
        table.put("timerDequeueTps", "0.0");
    }

    private long earliestStoreMillis(StoreState state) {
        long none = -1;
        return state.minPosition() == state.appendedPosition()
                ? none
                : store.readRecord(state.minPosition(), RuntimeInfo::storeMillis)
                        .orElse(none);
    }

    private static long storeMillis(ByteBuffer bytes) {
        MessageRecord record = new MessageRecord();
        return record.wrap(bytes) ? record.storeMillis() : -1;
    }

    private static String rates(Rate rate) {
        return joined(rate.perSecond());
    }

    private static String sum(double[] some, double[] others) {
        double[] sums = new double[some.length];
        Arrays.setAll(sums, index -> some[index] + others[index]);
        return joined(sums);
    }

    private static String joined(double[] rates) {
        return Arrays.stream(rates).mapToObj(Double::toString).collect(Collectors.joining(" "));
    }

    private static String bytes(long count) {
        return count + " Bytes";
    }
}
