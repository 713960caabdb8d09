package io.ternmq.broker.delay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.broker.store.AppendInterceptor.Verdict;
import io.ternmq.broker.store.MessageDraft;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HeldBackTest {
    private final HeldBack heldBack = new HeldBack(DelayLevelsTest.levels("1s 2s 3s"));

    @Test
    void messagesWithoutALevelPassUntouched() {
        List<MessageDraft> unit = List.of(draft("A\u00011\u0002DELAY\u00013\u0002", 0), draft("", 0));

        assertThat(((Verdict.Pass) heldBack.intercept(unit)).unit()).isSameAs(unit);
    }

    @Test
    void messageGoesToTheQueueOfItsLevelAndNotesItsPlace() {
        MessageDraft held = held(draft("A\u00011\u0002DELAY\u00012\u0002", 2));

        assertThat(held.topic()).isEqualTo("SCHEDULE_TOPIC_XXXX");
        assertThat(held.queueId()).isEqualTo(1);
        assertThat(held.delayLevel()).isZero();
        assertThat(held.properties())
                .isEqualTo("A\u00011\u0002DELAY\u00012\u0002REAL_TOPIC\u0001T\u0002REAL_QID\u00013\u0002");
        assertThat(held.flag()).isEqualTo(9);
        assertThat(held.sysFlag()).isEqualTo(1);
        assertThat(held.reconsumeTimes()).isEqualTo(4);
        assertThat(held.bornMillis()).isEqualTo(77);
    }

    @Test
    void levelAboveTheHighestIsTheHighest() {
        MessageDraft held = held(draft("DELAY\u000199\u0002", 99));

        assertThat(held.queueId()).isEqualTo(2);
        assertThat(held.properties()).startsWith("DELAY\u00013\u0002");
    }

    @Test
    void earlierPlaceOfAMessageThatWasHeldBackBeforeIsForgotten() {
        MessageDraft held = held(draft("REAL_TOPIC\u0001Old\u0002REAL_QID\u00019\u0002DELAY\u00011\u0002", 2));

        assertThat(held.properties()).isEqualTo("DELAY\u00012\u0002REAL_TOPIC\u0001T\u0002REAL_QID\u00013\u0002");
    }

    @Test
    void severalMessagesAreNotHeldBackTogether() {
        assertThatThrownBy(() -> heldBack.intercept(List.of(draft("", 0), draft("", 1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private MessageDraft held(MessageDraft draft) {
        List<MessageDraft> unit = ((Verdict.Pass) heldBack.intercept(List.of(draft))).unit();
        assertThat(unit).hasSize(1);
        return unit.get(0);
    }

    private static MessageDraft draft(String properties, int level) {
        return new MessageDraft("T", 3, 9, 1, 77, MemoryStore.HOST, 4, 0, properties, ByteBuffer.allocate(2), level);
    }
}
