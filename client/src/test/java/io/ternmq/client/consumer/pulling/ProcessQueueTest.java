package io.ternmq.client.consumer.pulling;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.message.MessageExt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ProcessQueueTest {
    private final ProcessQueue queue = new ProcessQueue(new QueueLimits(8, 1_000, 100), 5);

    @Test
    void commitStaysAtTheSmallestOffsetThatIsNotDone() {
        List<ProcessQueue.Held> held = queue.add(messages(5, 6, 7), 8);

        long afterLast = queue.done(List.of(held.get(2)), 0);
        long afterFirst = queue.done(List.of(held.get(0)), 0);
        long afterAll = queue.done(List.of(held.get(1)), 0);

        assertThat(afterLast).isEqualTo(5);
        assertThat(afterFirst).isEqualTo(6);
        assertThat(afterAll).isEqualTo(8);
    }

    @Test
    void offsetsThatWerePassedOverAreCommittedOnceNothingIsHeld() {
        List<ProcessQueue.Held> held = queue.add(messages(6), 20);
        queue.add(List.of(), 40);

        assertThat(queue.committableOffset()).isEqualTo(6);
        assertThat(queue.done(held, 0)).isEqualTo(40);
    }

    @Test
    void queueThatHasGotNothingYetCommitsWhereItBegan() {
        assertThat(queue.committableOffset()).isEqualTo(5);
    }

    @Test
    void sameMessageDoneTwiceCountsOnce() {
        List<ProcessQueue.Held> held = queue.add(messages(5, 6), 7);

        queue.done(List.of(held.get(1)), 0);
        queue.done(List.of(held.get(1)), 0);

        assertThat(queue.snapshot().count()).isEqualTo(1);
    }

    @Test
    void fullQueueCallsThePullerWhenThereIsRoomAgain() {
        List<ProcessQueue.Held> held = queue.add(messages(5, 6, 7, 8, 9, 10, 11, 12), 13);
        AtomicInteger calls = new AtomicInteger();

        boolean hasRoom = queue.hasRoomOrCall(calls::incrementAndGet);
        queue.done(held.subList(0, 1), 0);
        int afterOne = calls.get();
        queue.done(held.subList(1, 8), 0);

        assertThat(hasRoom).isFalse();
        assertThat(afterOne).isEqualTo(1);
        assertThat(calls).hasValue(1);
    }

    @Test
    void bytesAndSpanFillAQueueToo() {
        MessageExt large = message(5);
        large.setBody(new byte[1_000]);
        ProcessQueue byBytes = new ProcessQueue(new QueueLimits(8, 1_000, 100), 0);
        byBytes.add(List.of(large), 6);
        ProcessQueue bySpan = new ProcessQueue(new QueueLimits(8, 1_000, 100), 0);
        bySpan.add(messages(0, 101), 102);

        assertThat(byBytes.hasRoomOrCall(() -> {})).isFalse();
        assertThat(bySpan.hasRoomOrCall(() -> {})).isFalse();
    }

    @Test
    void pausedQueueIsNotPulledUntilItIsResumed() {
        AtomicInteger calls = new AtomicInteger();
        queue.pause();

        boolean hasRoom = queue.hasRoomOrCall(calls::incrementAndGet);
        queue.resume();
        queue.resume();

        assertThat(hasRoom).isFalse();
        assertThat(calls).hasValue(1);
        assertThat(queue.hasRoomOrCall(calls::incrementAndGet)).isTrue();
    }

    @Test
    void queueWithHigherLimitsGoesOnAtOnce() {
        queue.add(messages(5, 6, 7, 8, 9, 10, 11, 12), 13);
        AtomicInteger calls = new AtomicInteger();
        queue.hasRoomOrCall(calls::incrementAndGet);

        queue.limit(new QueueLimits(8, 1_000, 100));
        int afterTheSame = calls.get();
        queue.limit(new QueueLimits(100, 1_000, 100));

        assertThat(afterTheSame).isZero();
        assertThat(calls).hasValue(1);
    }

    @Test
    void firstMessagesAreThoseNotDoneWithInOrder() {
        List<ProcessQueue.Held> held = queue.add(messages(5, 6, 7, 8), 9);
        queue.done(held.subList(1, 2), 0);

        assertThat(queue.first(0, 2)).containsExactly(held.get(0), held.get(2));
        assertThat(queue.first(1, 9)).containsExactly(held.get(2), held.get(3));
    }

    @Test
    void messagesPutBackDoNotKeepAQueueFromBeingLeft() {
        List<ProcessQueue.Held> held = queue.add(messages(5, 6), 7);
        AtomicInteger drained = new AtomicInteger();
        queue.begin(held, 0);
        queue.drain(drained::incrementAndGet);
        int whileBegun = drained.get();

        queue.putBack(held);

        assertThat(whileBegun).isZero();
        assertThat(drained).hasValue(1);
        assertThat(queue.mayBegin()).isFalse();
    }

    @Test
    void progressIsToldBeforeAnybodyHearsThatTheQueueIsDrained() {
        List<ProcessQueue.Held> held = queue.add(messages(5), 6);
        List<String> order = new ArrayList<>();
        queue.begin(held, 0);
        queue.drain(() -> order.add("drained"));

        queue.done(held, 0, committable -> order.add("progress " + committable));

        assertThat(order).containsExactly("progress 6", "drained");
    }

    @Test
    void droppedQueueCallsNobody() {
        List<ProcessQueue.Held> held = queue.add(messages(5, 6, 7, 8, 9, 10, 11, 12), 13);
        AtomicInteger calls = new AtomicInteger();
        queue.hasRoomOrCall(calls::incrementAndGet);

        queue.drop();
        queue.done(held, 0);

        assertThat(calls).hasValue(0);
        assertThat(queue.isDropped()).isTrue();
    }

    @Test
    void inWhateverOrderMessagesEndTheCommitNeverPassesOneThatIsHeld() {
        for (int seed = 0; seed < 50; seed++) {
            ProcessQueue each = new ProcessQueue(new QueueLimits(1_000, 1_000_000, 1_000), 0);
            List<ProcessQueue.Held> held =
                    new ArrayList<>(each.add(messages(LongStream.range(0, 100).toArray()), 100));
            Collections.shuffle(held, new Random(seed));
            List<ProcessQueue.Held> open = new ArrayList<>(held);

            for (ProcessQueue.Held next : held) {
                open.remove(next);
                long committable = each.done(List.of(next), 0);
                long smallestOpen = open.stream()
                        .mapToLong(one -> one.message().getQueueOffset())
                        .min()
                        .orElse(100);
                assertThat(committable).as("seed %d", seed).isEqualTo(smallestOpen);
            }
        }
    }

    private static List<MessageExt> messages(long... offsets) {
        return LongStream.of(offsets).mapToObj(ProcessQueueTest::message).toList();
    }

    private static MessageExt message(long offset) {
        MessageExt message = new MessageExt();
        message.setQueueOffset(offset);
        message.setBody(new byte[1]);
        return message;
    }
}
