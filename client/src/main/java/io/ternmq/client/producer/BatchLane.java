package io.ternmq.client.producer;

import io.ternmq.client.exception.MQClientException;
import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.work.Scheduler.Task;
import io.ternmq.remoting.protocol.RemotingTooMuchRequestException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Messages that go to the same place and so may travel together. Owns those that have not left yet, under one lock that is
 * held for no I/O. They leave when enough bytes or messages are together, when the oldest has waited long enough, or when
 * the time of one is getting short. In an ordered lane one batch is under way at a time, so that none overtakes another;
 * what comes meanwhile makes the next.
 */
final class BatchLane {
    /** Messages in one batch at most: their ids come back in one header. */
    static final int MESSAGES_MAX = 1_024;

    private final SendRooms rooms;
    private final BatchSettings settings;
    private final Target target;
    private final boolean isOrdered;
    private final Deque<Gathered> waiting = new ArrayDeque<>(); // guarded by this
    private long waitingBytes; // guarded by this
    private boolean isUnderWay; // guarded by this; of ordered lanes alone
    private boolean isDue; // guarded by this: the wait of what is here is over
    private Optional<Task> timer = Optional.empty(); // guarded by this

    /** @param isOrdered whether batches must arrive in the order in which they left */
    BatchLane(SendRooms rooms, BatchSettings settings, Target target, boolean isOrdered) {
        this.rooms = rooms;
        this.settings = settings;
        this.target = target;
        this.isOrdered = isOrdered;
    }

    /** Takes a message along; it has room in the window already. */
    void add(Gathered message) {
        synchronized (this) {
            waiting.add(message);
            waitingBytes += message.bodyBytes();
            planTimer(message);
        }
        sendDue();
    }

    /** Sends what is here without waiting for more. */
    void flush() {
        synchronized (this) {
            isDue = true;
        }
        sendDue();
    }

    private void sendDue() {
        for (List<Gathered> batch = takeDue(); !batch.isEmpty(); batch = takeDue()) {
            send(batch);
        }
    }

    private synchronized List<Gathered> takeDue() {
        boolean isFull = waitingBytes >= settings.bytesMax() || waiting.size() >= MESSAGES_MAX;
        if (waiting.isEmpty() || !(isFull || isDue) || (isOrdered && isUnderWay)) {
            return List.of();
        }
        List<Gathered> batch = new ArrayList<>();
        long bytes = 0;
        while (!waiting.isEmpty() && batch.size() < MESSAGES_MAX && (batch.isEmpty() || bytes < settings.bytesMax())) {
            Gathered next = waiting.remove();
            bytes += next.bodyBytes();
            batch.add(next);
        }
        waitingBytes -= bytes;
        isUnderWay = true;
        if (waiting.isEmpty()) {
            isDue = false;
            timer.ifPresent(Task::cancel);
            timer = Optional.empty();
        }
        return batch;
    }

    // Called under the lock. A message leaves at the latest when half of its time is over, so that the other half is
    // left
    // for the way.
    private void planTimer(Gathered message) {
        Duration left = Duration.ofNanos(message.deadlineNanos() - rooms.clock().monotonicNanos());
        Duration patience = left.dividedBy(2).compareTo(settings.linger()) < 0 ? left.dividedBy(2) : settings.linger();
        if (patience.isNegative() || patience.isZero()) {
            isDue = true;
        } else if (timer.isEmpty() || patience.compareTo(settings.linger()) < 0) {
            timer = Optional.of(rooms.scheduler().after(patience, "send a batch", this::flush));
        }
    }

    private void send(List<Gathered> batch) {
        Duration timeout = Duration.ofNanos(
                batch.stream().mapToLong(Gathered::deadlineNanos).min().orElseThrow()
                        - rooms.clock().monotonicNanos());
        List<Message> messages = batch.stream().map(Gathered::message).toList();
        Parcel parcel = messages.size() == 1 ? Parcel.of(messages.get(0)) : Parcel.of(messages);
        CompletionStage<SendResult> sent;
        try {
            // Each message has waited for room already, so its batch does not.
            sent = SendCall.begin(rooms, parcel, target, SendForm.SYNC, timeout).result();
        } catch (MQClientException | RemotingTooMuchRequestException e) {
            ended(batch, null, e);
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended(batch, null, e);
            return;
        }
        sent.whenComplete((result, failure) -> ended(batch, result, failure));
    }

    private void ended(List<Gathered> batch, SendResult result, Throwable failure) {
        synchronized (this) {
            isUnderWay = false;
        }
        for (int index = 0; index < batch.size(); index++) {
            if (failure == null) {
                batch.get(index).sent().complete(resultOf(result, index, batch.size()));
            } else {
                batch.get(index).sent().completeExceptionally(failure);
            }
        }
        sendDue();
    }

    private static SendResult resultOf(SendResult batch, int index, int count) {
        if (count == 1) {
            return batch;
        }
        MessageQueue queue = batch.getMessageQueue();
        return new SendResult(
                batch.getSendStatus(),
                part(batch.getMsgId(), index, count),
                part(batch.getOffsetMsgId(), index, count),
                queue,
                batch.getQueueOffset() + index,
                batch.getTransactionId(),
                batch.getRegionId());
    }

    // A broker that stores a batch as one record gives it one id, which is then that of all its messages.
    private static String part(String ids, int index, int count) {
        String[] parts = ids.split(",", -1);
        return parts.length == count ? parts[index] : ids;
    }
}
