package io.ternmq.common.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class InboxTest {
    @Test
    void notesComeOutInTheOrderTheyWentIn() {
        Inbox<Integer> inbox = new Inbox<>(4);
        for (int round = 0; round < 10; round++) {
            assertThat(inbox.offer(round)).isTrue();
            assertThat(inbox.offer(round + 100)).isTrue();

            assertThat(inbox.poll()).isEqualTo(round);
            assertThat(inbox.poll()).isEqualTo(round + 100);
            assertThat(inbox.poll()).isNull();
            assertThat(inbox.isEmpty()).isTrue();
        }
    }

    @Test
    void aFullInboxRefusesAndTakesAgainOnceOneIsTaken() {
        Inbox<Integer> inbox = new Inbox<>(3); // rounded up to 4
        for (int i = 0; i < 4; i++) {
            assertThat(inbox.offer(i)).isTrue();
        }

        assertThat(inbox.offer(4)).isFalse();
        assertThat(inbox.size()).isEqualTo(4);
        assertThat(inbox.poll()).isZero();
        assertThat(inbox.offer(4)).isTrue();
        assertThat(inbox.offer(5)).isFalse();
    }

    @Test
    void drainsNoMoreThanItIsAskedFor() {
        Inbox<Integer> inbox = new Inbox<>(8);
        for (int i = 0; i < 5; i++) {
            inbox.offer(i);
        }
        List<Integer> taken = new ArrayList<>();

        assertThat(inbox.drain(taken::add, 3)).isEqualTo(3);
        assertThat(inbox.drain(taken::add, 3)).isEqualTo(2);
        assertThat(taken).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void capacityIsAtLeastWhatWasAskedFor() {
        assertThat(new Inbox<>(1).capacity()).isEqualTo(1);
        assertThat(new Inbox<>(1000).capacity()).isEqualTo(1024);
        assertThatThrownBy(() -> new Inbox<>(0)).hasMessageContaining("capacity 0");
    }

    @Test
    void manyWhoOfferLoseNothingAndKeepTheirOwnOrder() throws Exception {
        Inbox<int[]> inbox = new Inbox<>(64);
        int writers = 4;
        int each = 20_000;
        CountDownLatch begin = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            int id = writer;
            Thread thread = new DaemonThreads("inbox-writer").newThread(() -> {
                await(begin);
                for (int i = 0; i < each; i++) {
                    while (!inbox.offer(new int[] {id, i})) {
                        Thread.onSpinWait();
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        begin.countDown();

        int[] next = new int[writers];
        int taken = 0;
        while (taken < writers * each) {
            int[] note = inbox.poll();
            if (note == null) {
                Thread.onSpinWait();
                continue;
            }
            assertThat(note[1]).isEqualTo(next[note[0]]++);
            taken++;
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(inbox.poll()).isNull();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
