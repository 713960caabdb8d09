package io.ternmq.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.offset.ConsumerOffsets;
import io.ternmq.broker.store.AppendOutcome.Refusal;
import io.ternmq.broker.store.FakeStore;
import org.junit.jupiter.api.Test;

class TopicRemainsTest {
    private final FakeStore store = new FakeStore();
    private final TopicRemains remains = new TopicRemains(new ConsumerOffsets(10), store);

    @Test
    void aStoreThatHasFailedObjectsToTheDeletionOfATopic() {
        store.refuse(Refusal.WRITER_FAILED, "force of segment 0 failed");

        assertThat(remains.objectionToDeleting("T"))
                .hasValueSatisfying(objection -> assertThat(objection).contains("force of segment 0 failed"));
    }

    @Test
    void aStoreWhoseDiskIsFullDoesNot() {
        store.refuse(Refusal.DISK_FULL, "97 percent used");

        assertThat(remains.objectionToDeleting("T")).isEmpty();
    }
}
