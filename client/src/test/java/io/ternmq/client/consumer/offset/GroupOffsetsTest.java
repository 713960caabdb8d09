package io.ternmq.client.consumer.offset;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.ternmq.common.message.MessageQueue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class GroupOffsetsTest {
    private static final MessageQueue ONE = new MessageQueue("Topic", "broker-a", 0);
    private static final MessageQueue OTHER = new MessageQueue("Topic", "broker-b", 0);

    private final Memory broker = new Memory();
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
        broker.isAway = true;
        commit();
        commit();
        offsets.advance(ONE, 9);
        commit();

        assertThat(said()).hasSize(2).allMatch(line -> line.startsWith("Offset not committed"));
        assertThat(broker.kept).isEmpty();

        lines.list.clear();
        broker.isAway = false;
        commit();
        commit();

        assertThat(broker.kept).isEqualTo(Map.of(ONE, 9L, OTHER, 1L));
        assertThat(said()).hasSize(2).allMatch(line -> line.startsWith("Offset committed again"));
    }

    @Test
    void aQueueThatComesBackAfterItWasReleasedIsSaidAgain() {
        broker.isAway = true;
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

    /** Keeps offsets, unless it is away. */
    private static final class Memory implements OffsetKeeper {
        private final Map<MessageQueue, Long> kept = new HashMap<>();
        private boolean isAway;

        @Override
        public CompletionStage<OptionalLong> committed(MessageQueue queue) {
            Long offset = kept.get(queue);
            return CompletableFuture.completedFuture(offset == null ? OptionalLong.empty() : OptionalLong.of(offset));
        }

        @Override
        public CompletionStage<Void> commit(MessageQueue queue, long offset) {
            if (isAway) {
                return CompletableFuture.failedFuture(new IllegalStateException("away"));
            }
            kept.put(queue, offset);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void flush() {
            // Nothing is kept together.
        }

        @Override
        public boolean isAtBrokers() {
            return true;
        }
    }
}
