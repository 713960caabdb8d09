package io.ternmq.client.consumer;

import io.ternmq.client.ClientConfig;
import io.ternmq.client.Namespace;
import io.ternmq.client.consumer.rebalance.AllocateMessageQueueAveragely;
import io.ternmq.client.consumer.rebalance.AllocateMessageQueueStrategy;
import java.nio.file.Path;
import java.util.Optional;

/** What an application may set of a consumer of either kind, before its start. Not safe for use by several threads. */
public abstract class ConsumerConfig extends ClientConfig {
    private static final String STORE_PROPERTY = "rocketmq.client.localOffsetStoreDir";

    private String consumerGroup;
    private MessageModel messageModel = MessageModel.CLUSTERING;
    private ConsumeFromWhere consumeFromWhere = ConsumeFromWhere.CONSUME_FROM_LAST_OFFSET;
    private String consumeTimestamp;
    private AllocateMessageQueueStrategy allocateMessageQueueStrategy = new AllocateMessageQueueAveragely();
    private int pullBatchSize;
    private int pullThresholdForQueue = 1_000;
    private int pullThresholdSizeForQueue = 100;
    private long pullTimeDelayMillsWhenException = 1_000;
    private int handOverWaitMillis = 10_000;
    private String localOffsetStoreDir = localOffsetStoreDirOfProcess();
    private MessageQueueListener messageQueueListener;
    private String namespace;

    ConsumerConfig(String consumerGroup, int pullBatchSize) {
        this(consumerGroup, pullBatchSize, false, null);
    }

    ConsumerConfig(String consumerGroup, int pullBatchSize, boolean enableTrace, String traceTopic) {
        super(enableTrace, traceTopic);
        this.consumerGroup = consumerGroup;
        this.pullBatchSize = pullBatchSize;
    }

    public String getConsumerGroup() {
        return consumerGroup;
    }

    public void setConsumerGroup(String consumerGroup) {
        this.consumerGroup = consumerGroup;
    }

    public MessageModel getMessageModel() {
        return messageModel;
    }

    public void setMessageModel(MessageModel messageModel) {
        this.messageModel = messageModel;
    }

    public ConsumeFromWhere getConsumeFromWhere() {
        return consumeFromWhere;
    }

    /** Where a group begins that has committed nothing yet. */
    public void setConsumeFromWhere(ConsumeFromWhere consumeFromWhere) {
        this.consumeFromWhere = consumeFromWhere;
    }

    /** {@code yyyyMMddHHmmss} in the machine's time zone; null for half an hour before the start. */
    public String getConsumeTimestamp() {
        return consumeTimestamp;
    }

    public void setConsumeTimestamp(String consumeTimestamp) {
        this.consumeTimestamp = consumeTimestamp;
    }

    public AllocateMessageQueueStrategy getAllocateMessageQueueStrategy() {
        return allocateMessageQueueStrategy;
    }

    /** How queues are shared out; the same for all members of a group. */
    public void setAllocateMessageQueueStrategy(AllocateMessageQueueStrategy strategy) {
        this.allocateMessageQueueStrategy = strategy;
    }

    public int getPullBatchSize() {
        return pullBatchSize;
    }

    /** Messages that one pull may bring, and so the most that one poll of a lite pull consumer gives. */
    public void setPullBatchSize(int pullBatchSize) {
        this.pullBatchSize = pullBatchSize;
    }

    public int getPullThresholdForQueue() {
        return pullThresholdForQueue;
    }

    /** Messages held of a queue at which pulling pauses. */
    public void setPullThresholdForQueue(int messages) {
        this.pullThresholdForQueue = messages;
    }

    public int getPullThresholdSizeForQueue() {
        return pullThresholdSizeForQueue;
    }

    /** MiB of bodies held of a queue at which pulling pauses. */
    public void setPullThresholdSizeForQueue(int mebibytes) {
        this.pullThresholdSizeForQueue = mebibytes;
    }

    public long getPullTimeDelayMillsWhenException() {
        return pullTimeDelayMillsWhenException;
    }

    /** Milliseconds from a pull that failed to the next one. */
    public void setPullTimeDelayMillsWhenException(long pullTimeDelayMillsWhenException) {
        this.pullTimeDelayMillsWhenException = pullTimeDelayMillsWhenException;
    }

    public int getHandOverWaitMillis() {
        return handOverWaitMillis;
    }

    /**
     * How long the next owner of a queue waits for this member to finish and commit what it began, and how long this one
     * takes for it: 0 to 50000 ms, 0 for neither. Alike in all members of a group.
     */
    public void setHandOverWaitMillis(int handOverWaitMillis) {
        this.handOverWaitMillis = handOverWaitMillis;
    }

    public String getLocalOffsetStoreDir() {
        return localOffsetStoreDir;
    }

    /**
     * The directory below which a broadcasting consumer keeps its offsets, and the only place where the client writes. If
     * not set: JVM property {@code rocketmq.client.localOffsetStoreDir}, else {@code .rocketmq_offsets} in the user's home.
     */
    public void setLocalOffsetStoreDir(String localOffsetStoreDir) {
        this.localOffsetStoreDir = localOffsetStoreDir;
    }

    public String getNamespace() {
        return namespace;
    }

    /** Keeps group and topics apart from those of others on the same brokers; null for none. */
    public void setNamespace(String namespace) {
        this.namespace = namespace;
    }

    final Namespace namespace() {
        return namespace == null || namespace.isBlank() ? Namespace.NONE : new Namespace(namespace);
    }

    /** Whether the group belongs to a unit. */
    boolean isUnit() {
        return false;
    }

    public MessageQueueListener getMessageQueueListener() {
        return messageQueueListener;
    }

    /** Hears when this member's share of a topic changes; null for nobody. */
    public void setMessageQueueListener(MessageQueueListener messageQueueListener) {
        this.messageQueueListener = messageQueueListener;
    }

    private static String localOffsetStoreDirOfProcess() {
        return Optional.ofNullable(System.getProperty(STORE_PROPERTY))
                .filter(text -> !text.isBlank())
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".rocketmq_offsets")
                        .toString());
    }
}
