package io.ternmq.client.consumer.offset;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ternmq.common.message.MessageQueue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class GroupOffsetsTest {
    private static final MessageQueue ONE = new MessageQueue("Topic", "broker-a", 0);
    private static final MessageQueue OTHER = new MessageQueue("Topic", "broker-b", 0);

    private final MemoryOffsets broker = new MemoryOffsets();
    private final GroupOffsets offsets = new GroupOffsets("Group", broker);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(GroupOffsets.class);

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setLevel(null); // as the tests' configuration has it
    }

    @Test
    void aBrokerThatIsAwayIsSaidOnceAndThatItIsBack() {
        offsets.advance(ONE, 7);
        offsets.advance(OTHER, 1);
        broker.isAway(true);
        commit();
        commit();
        offsets.advance(ONE, 9);
        commit();

        assertThat(said()).hasSize(2).allMatch(line -> line.startsWith("Offset not committed"));
        assertThat(broker.kept()).isEmpty();

        lines.list.clear();
        broker.isAway(false);
        commit();
        commit();

        assertThat(broker.kept()).isEqualTo(Map.of(ONE, 9L, OTHER, 1L));
        assertThat(said()).hasSize(2).allMatch(line -> line.startsWith("Offset committed again"));
    }

    @Test
    void aQueueThatComesBackAfterItWasReleasedIsSaidAgain() {
        broker.isAway(true);
        offsets.advance(ONE, 7);
        commit();
        assertThat(offsets.release(ONE).toCompletableFuture()).isCompleted();
        offsets.advance(ONE, 8);
        commit();

        assertThat(said()).hasSize(2).allMatch(line -> line.startsWith("Offset not committed"));
    }

    private void commit() {
        assertThat(offsets.commitAll().toCompletableFuture()).isCompleted();
    }

    private List<String> said() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
