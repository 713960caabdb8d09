package io.ternmq.client.producer;

import io.ternmq.client.exception.ClientErrorCode;
import io.ternmq.client.exception.MQBrokerException;
import io.ternmq.client.exception.MQClientException;
import io.ternmq.client.fault.FaultDetector;
import io.ternmq.client.fault.FaultTable;
import io.ternmq.client.fault.HoldOffs;
import io.ternmq.client.route.NameServers;
import io.ternmq.client.route.TopicRoute;
import io.ternmq.client.session.ClientInstance;
import io.ternmq.client.trace.MessageTrace;
import io.ternmq.client.trace.TraceSettings;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.topic.TopicNames;
import io.ternmq.common.work.PatientPool;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer that runs: the composition root of this room. Owns the client instance, the window of asynchronous sends, what
 * was learned about brokers, and the callback threads. Safe for use by any thread.
 */
final class Producer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Producer.class);
    private static final int CALLBACK_THREADS = 4;
    private static final Duration DRAIN_WAIT_MAX = Duration.ofSeconds(3);

    private final ClientInstance instance;
    private final SendRooms rooms;
    private final FaultTable faults;
    private final PatientPool lane; // bounded by the window
    private final Executor callbacks;
    private final Optional<AutoBatch> autoBatch;
    private final Optional<MessageTrace> trace;

    private Producer(
            ProducerConfig config,
            SendSettings settings,
            SendHooks hooks,
            HoldOffs holdOffs,
            Optional<TraceSettings> trace,
            ClientInstance instance) {
        this.instance = instance;
        this.faults = new FaultTable(holdOffs, instance.clock());
        this.rooms = new SendRooms(
                settings,
                new MessagePreparer(settings, instance.uniqueIds()),
                new SendIds(new SecureRandom().nextLong()),
                new SendWindow(
                        config.getBackPressureForAsyncSendNum(),
                        config.getBackPressureForAsyncSendSize(),
                        config.isEnableBackpressureForAsyncMode()),
                instance.routes(),
                new QueueChoice(faults, settings.avoidsFaults()),
                faults,
                instance.gateways().sends(),
                hooks,
                instance.scheduler(),
                instance.clock());
        this.lane = new PatientPool("client-callback", CALLBACK_THREADS, instance.afterRound());
        this.callbacks = config.getCallbackExecutor() == null ? lane : config.getCallbackExecutor();
        this.autoBatch = config.getAutoBatch()
                ? Optional.of(new AutoBatch(
                        rooms,
                        new BatchSettings(Duration.ofMillis(config.getBatchMaxDelayMs()), config.getBatchMaxBytes())))
                : Optional.empty();
        this.trace = trace.map(known -> new MessageTrace(instance, known));
    }

    /**
     * Starts a producer.
     *
     * @throws MQClientException if the configuration cannot be used
     */
    static Producer start(ProducerConfig config, SendHooks hooks) throws MQClientException {
        HoldOffs holdOffs = holdOffs(config);
        SendSettings settings = SendSettings.of(config);
        Optional<TraceSettings> trace = TraceSettings.of(config, settings.group(), settings.namespace());
        Producer producer = new Producer(config, settings, hooks, holdOffs, trace, ClientInstance.start(config));
        try {
            producer.instance.joinProducer(producer.rooms.settings().group());
        } catch (MQClientException e) {
            producer.instance.close();
            producer.lane.close();
            throw e;
        }
        producer.trace.ifPresent(known -> hooks.register(known.ofSends())); // once, since a producer starts once
        if (config.isSendLatencyFaultEnable() && config.isStartDetectorEnable()) {
            producer.detectFaults(
                    Duration.ofMillis(config.getDetectInterval()), Duration.ofMillis(config.getDetectTimeout()));
        }
        if (!config.getTopics().isEmpty()) {
            new WarmUp(producer.rooms, producer.instance.heartbeats())
                    .run(config.getTopics(), producer.instance.callTimeout());
        }
        return producer;
    }

    SendRooms rooms() {
        return rooms;
    }

    /** Gathers single messages; empty if that is not asked for. */
    Optional<AutoBatch> autoBatch() {
        return autoBatch;
    }

    /** Where applications are called back. */
    Executor callbacks() {
        return callbacks;
    }

    void useNameServers(String namesrvAddr) {
        List<String> addresses = NameServers.parse(namesrvAddr);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException(
                    "namesrvAddr is " + namesrvAddr + ": expected at least one host:port, parted by semicolons");
        }
        instance.routes().useNameServers(addresses);
    }

    /** Waits a bounded time for what is under way, fails the rest, lets callbacks be told, and tells brokers. */
    @Override
    public void close() {
        String group = rooms.settings().group();
        autoBatch.ifPresent(AutoBatch::flush);
        try {
            if (!rooms.window().awaitEmpty(DRAIN_WAIT_MAX)) {
                log.warn(
                        "Sends still under way at shutdown. group={} waitedMillis={}",
                        group,
                        DRAIN_WAIT_MAX.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        trace.ifPresent(MessageTrace::close);
        instance.leaveProducer(group);
        instance.close();
        lane.close();
    }

    private void detectFaults(Duration interval, Duration timeout) {
        FaultDetector detector = new FaultDetector(faults, this::addressOf, this::probe, timeout);
        instance.scheduler().every(interval, interval, "look after brokers that are away", detector::round);
    }

    private Optional<String> addressOf(String brokerName) {
        return Optional.ofNullable(instance.routes().brokers().get(brokerName))
                .map(addresses -> addresses.get(TopicRoute.MASTER));
    }

    // Any answer will do, a refusal too: it shows that somebody is there and at work.
    private CompletionStage<?> probe(String address, Duration timeout) {
        CompletableFuture<Void> heard = new CompletableFuture<>();
        instance.gateways()
                .offsets()
                .max(address, new MessageQueue(TopicNames.AUTO_CREATE_TEMPLATE, "", 0), timeout)
                .whenComplete((offset, failure) -> {
                    if (failure == null || failure instanceof MQBrokerException) {
                        heard.complete(null);
                    } else {
                        heard.completeExceptionally(failure);
                    }
                });
        return heard;
    }

    private static HoldOffs holdOffs(ProducerConfig config) throws MQClientException {
        try {
            return HoldOffs.of(config.getLatencyMax(), config.getNotAvailableDuration());
        } catch (IllegalArgumentException e) {
            throw new MQClientException(ClientErrorCode.UNKNOWN, e.getMessage(), e);
        }
    }
}
