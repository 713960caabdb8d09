package io.ternmq.client.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.client.Namespace;
import io.ternmq.client.hook.ConsumeMessageContext;
import io.ternmq.client.hook.ConsumeMessageContext.Ending;
import io.ternmq.client.hook.SendMessageContext;
import io.ternmq.client.hook.SendMessageContext.Stored;
import io.ternmq.common.message.Message;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.message.UniqueIds;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.work.FakeScheduler;
import java.net.InetAddress;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the two hooks record of what they see. */
class TraceHooksTest {
    private static final TraceSettings SETTINGS = new TraceSettings("TRACES", "ns%G", new Namespace("ns"), 1);
    private static final MessageQueue QUEUE = new MessageQueue("ns%T", "a", 0);

    private final FakeClock clock = new FakeClock();
    private final SentTraces outlet = new SentTraces();
    private final TraceSender sender = new TraceSender(
            SETTINGS.sendAt(), outlet, Runnable::run, new FakeScheduler(clock), new TraceLosses(SETTINGS));
    private final SendTraceHook sends = new SendTraceHook(SETTINGS, sender, clock);
    private final ConsumeTraceHook consumption = new ConsumeTraceHook(
            SETTINGS,
            sender,
            new UniqueIds(InetAddress.getLoopbackAddress().getAddress(), 1, 1, clock, ZoneOffset.UTC),
            clock);

    @Test
    void storedMessageIsRecordedAsTheApplicationKnowsIt() {
        Message message = new Message("T", "TagA", "k1 k2", new byte[5]);
        long atMillis = clock.wallMillis();

        send(QUEUE, List.of(message), stored("ID", "OFFSET", true));

        assertThat(outlet.records())
                .containsExactly("Pub " + atMillis + " Region G T ID TagA k1 k2 a:10911 5 7 0 OFFSET true");
    }

    @Test
    void messagesOfABatchHaveARecordEach() {
        List<Message> messages = List.of(new Message("T", new byte[1]), new Message("T", new byte[2]));

        send(QUEUE, messages, stored("ID1,ID2", "OFFSET1,OFFSET2", true));

        assertThat(outlet.records()).hasSize(2);
        assertThat(outlet.records().get(0)).contains(" T ID1   a:10911 1 7 0 OFFSET1 ");
        assertThat(outlet.records().get(1)).contains(" T ID2   a:10911 2 7 0 OFFSET2 ");
    }

    @Test
    void kindOfMessageIsRecorded() {
        Message delayed = new Message("T", new byte[1]);
        delayed.setDelayTimeLevel(3);
        Message half = new Message("T", new byte[1]) {
            @Override
            public String getProperty(String name) { // which the SDK sets, and no application
                return name.equals(MessageProperties.TRANSACTION_PREPARED) ? "true" : super.getProperty(name);
            }
        };

        send(QUEUE, List.of(delayed), stored("ID", "O", true));
        send(QUEUE, List.of(half), stored("ID", "O", true));

        assertThat(outlet.records().get(0)).endsWith(" 7 3 O true");
        assertThat(outlet.records().get(1)).endsWith(" 7 1 O true");
    }

    @Test
    void whatIsNotKnownToBeStoredOrNotToBeTracedLeavesNoRecord() {
        List<Message> messages = List.of(new Message("T", new byte[1]));
        SendMessageContext failed = new SendMessageContext("ns%G", messages, QUEUE, "a:10911", false);
        sends.sendMessageBefore(failed);
        failed.setException(new IllegalStateException("thrown by the test"));
        sends.sendMessageAfter(failed);

        send(QUEUE, messages, stored("ID", "O", false));
        send(new MessageQueue("TRACES", "a", 0), messages, stored("ID", "O", true));

        assertThat(outlet.records()).isEmpty();
    }

    @Test
    void eachMessageIsRecordedBeforeAndAfterTheCall() {
        ConsumeMessageContext context =
                new ConsumeMessageContext("ns%G", QUEUE, List.of(received("ID1", "k1"), received("ID2", null)));
        long atMillis = clock.wallMillis();

        consumption.consumeMessageBefore(context);
        clock.advance(Duration.ofMillis(9));
        context.end(false, "RECONSUME_LATER", Ending.FAILED);
        consumption.consumeMessageAfter(context);

        List<String> records = outlet.records();
        String request = records.get(0).split(" ", -1)[4];
        assertThat(records)
                .containsExactly(
                        "SubBefore " + atMillis + " Region G " + request + " ID1 2 k1",
                        "SubBefore " + atMillis + " Region G " + request + " ID2 2 null",
                        "SubAfter " + request + " ID1 9 false k1 4 " + atMillis + " G",
                        "SubAfter " + request + " ID2 9 false  4 " + atMillis + " G");
        assertThat(request).hasSize(32);
    }

    @Test
    void messagesThatTheirBrokerWantsUntracedLeaveNoRecord() {
        MessageExt untraced = new Received("false");
        ConsumeMessageContext context = new ConsumeMessageContext("ns%G", QUEUE, List.of(untraced));

        consumption.consumeMessageBefore(context);
        consumption.consumeMessageAfter(context);

        assertThat(outlet.records()).isEmpty();
    }

    private void send(MessageQueue queue, List<Message> messages, Stored stored) {
        SendMessageContext context = new SendMessageContext("ns%G", messages, queue, "a:10911", false);
        sends.sendMessageBefore(context);
        clock.advance(Duration.ofMillis(7));
        context.setStored(stored);
        sends.sendMessageAfter(context);
    }

    private static Stored stored(String ids, String offsetIds, boolean isTraced) {
        return new Stored(ids, offsetIds, 0, true, "Region", isTraced);
    }

    private static MessageExt received(String id, String keys) {
        MessageExt message = new Received("true");
        message.setMsgId(id);
        message.setReconsumeTimes(2);
        if (keys != null) {
            message.setKeys(keys);
        }
        return message;
    }

    /** A message with what its broker has put into it. */
    private static final class Received extends MessageExt {
        private final String traceOn;

        private Received(String traceOn) {
            this.traceOn = traceOn;
            setTopic("T");
        }

        @Override
        public String getProperty(String name) {
            return switch (name) {
                case MessageProperties.TRACE_ON -> traceOn;
                case MessageProperties.MSG_REGION -> "Region";
                default -> super.getProperty(name);
            };
        }
    }
}
