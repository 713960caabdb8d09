package io.ternmq.client.consumer.consumption;

import io.ternmq.client.Namespace;
import io.ternmq.client.consumer.offset.GroupOffsets;
import io.ternmq.client.consumer.offset.MemoryOffsets;
import io.ternmq.client.consumer.pulling.ProcessQueue;
import io.ternmq.client.consumer.pulling.QueueLimits;
import io.ternmq.client.consumer.pulling.QueuePuller;
import io.ternmq.client.gateway.FakeServers;
import io.ternmq.client.gateway.Gateways;
import io.ternmq.client.route.NameServers;
import io.ternmq.client.route.RouteCache;
import io.ternmq.client.route.Routes;
import io.ternmq.common.message.MessageExt;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.work.FakeScheduler;
import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.protocol.send.SendAnswer;
import io.ternmq.remoting.protocol.send.SendBackRequest;
import io.ternmq.remoting.protocol.send.SendRequest;
import io.ternmq.remoting.protocol.send.SendRpcs;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** What a test of consumption needs: one queue, a broker, and threads that are the test's own. */
final class ConsumptionBench {
    private static final String BROKER = Routes.addressOf("a");
    private static final MessageQueue QUEUE = new MessageQueue("T", "a", 0);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeClock clock = new FakeClock();
    private final FakeScheduler scheduler = new FakeScheduler(clock);
    private final FakeServers servers = new FakeServers();
    private final Gateways gateways = Gateways.over(servers);
    private final RouteCache routes =
            new RouteCache(new NameServers(gateways.routes(), List.of("ns:9876"), 0, SECOND, clock), () -> 0);
    private final GroupOffsets offsets = new GroupOffsets("G", new MemoryOffsets());
    private final ProcessQueue processQueue = new ProcessQueue(new QueueLimits(100, 10_000, 100), 0);
    private final QueuePuller puller = new QueuePuller(QUEUE, processQueue, 0, null, null);
    private int batchMax = 1;
    private int reconsumeTimesMax = 16;
    private boolean isBroadcast;

    ConsumptionBench() {
        servers.on(
                        "ns:9876",
                        RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                        question -> FakeServers.answer(
                                RouteRpcs.GET_ROUTEINFO_BY_TOPIC,
                                new Routes().broker("a", 1).build()))
                .on(
                        BROKER,
                        SendRpcs.CONSUMER_SEND_MSG_BACK,
                        question -> FakeServers.answer(SendRpcs.CONSUMER_SEND_MSG_BACK, Nothing.NOTHING))
                .on(
                        BROKER,
                        SendRpcs.SEND_MESSAGE_V2,
                        question -> FakeServers.answer(
                                SendRpcs.SEND_MESSAGE_V2,
                                SendAnswer.stored("ID", 0, 0, "", SendAnswer.DEFAULT_REGION, false)));
        routes.find("T").toCompletableFuture().join();
        routes.find("%RETRY%G").toCompletableFuture().join();
    }

    void batchMax(int messages) {
        batchMax = messages;
    }

    void reconsumeTimesMax(int times) {
        reconsumeTimesMax = times;
    }

    void broadcast() {
        isBroadcast = true;
    }

    void refuseSends(int code) {
        servers.on(BROKER, SendRpcs.SEND_MESSAGE_V2, question -> FakeServers.refusal(code, "refused by the test"))
                .on(
                        BROKER,
                        SendRpcs.CONSUMER_SEND_MSG_BACK,
                        question -> FakeServers.refusal(code, "refused by the test"));
    }

    ConsumeSettings settings() {
        return new ConsumeSettings(
                "G",
                1,
                1,
                batchMax,
                reconsumeTimesMax,
                false,
                Namespace.NONE,
                isBroadcast,
                SECOND,
                Duration.ofMinutes(15));
    }

    ConsumeRooms rooms() {
        return new ConsumeRooms(
                offsets,
                new LaterDelivery(settings(), routes, gateways.sends()),
                new ConsumePaces(clock),
                new ConsumeHooks(List.of()),
                scheduler,
                clock);
    }

    ListenerThreads threads() {
        return new InlineThreads();
    }

    FakeClock clock() {
        return clock;
    }

    FakeScheduler scheduler() {
        return scheduler;
    }

    MessageQueue queue() {
        return QUEUE;
    }

    QueuePuller puller() {
        return puller;
    }

    ProcessQueue processQueue() {
        return processQueue;
    }

    List<ProcessQueue.Held> pulled(long... queueOffsets) {
        List<MessageExt> messages =
                LongStream.of(queueOffsets).mapToObj(this::message).toList();
        return processQueue.add(messages, queueOffsets[queueOffsets.length - 1] + 1);
    }

    long positionInLog(long queueOffset) {
        return 1_000 + queueOffset;
    }

    OptionalLong position() {
        return offsets.position(QUEUE);
    }

    List<SendRequest> sent() {
        return servers.questions(SendRpcs.SEND_MESSAGE_V2, SendRequest.class);
    }

    List<SendBackRequest> sentBack() {
        return servers.questions(SendRpcs.CONSUMER_SEND_MSG_BACK, SendBackRequest.class);
    }

    private MessageExt message(long queueOffset) {
        MessageExt message = new MessageExt();
        message.setTopic("T");
        message.setMsgId("ID" + queueOffset);
        message.setQueueOffset(queueOffset);
        message.setCommitLogOffset(positionInLog(queueOffset));
        message.setBody(new byte[1]);
        return message;
    }

    /** Calls the listener at once. */
    private static final class InlineThreads implements ListenerThreads {
        @Override
        public void execute(Runnable call) {
            call.run();
        }

        @Override
        public int count() {
            return 1;
        }

        @Override
        public void setLeast(int threads) {
            throw new AssertionError("not asked for by any test");
        }

        @Override
        public void adjust() {
            throw new AssertionError("not asked for by any test");
        }

        @Override
        public void stop() {
            // Nothing waits.
        }

        @Override
        public void close(Duration waitMax) {
            // Nothing runs.
        }
    }
}
