package io.ternmq.client.producer;

import io.ternmq.client.ClientConfig;
import io.ternmq.remoting.protocol.ResponseCode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;

/** Everything of a producer that an application may set before its start. Not safe for use by several threads. */
public class ProducerConfig extends ClientConfig {
    private String producerGroup;
    private int sendMsgTimeout = 3_000;
    private int sendMsgMaxTimeoutPerRequest = -1;
    private int retryTimesWhenSendFailed = 2;
    private int retryTimesWhenSendAsyncFailed = 2;
    private boolean retryAnotherBrokerWhenNotStoreOk;
    private final Set<Integer> retryResponseCodes = new TreeSet<>(Set.of(
            ResponseCode.TOPIC_NOT_EXIST,
            ResponseCode.SERVICE_NOT_AVAILABLE,
            ResponseCode.SYSTEM_ERROR,
            ResponseCode.SYSTEM_BUSY,
            ResponseCode.NO_PERMISSION,
            ResponseCode.NO_BUYER_ID,
            ResponseCode.NOT_IN_CURRENT_UNIT,
            ResponseCode.GO_AWAY));
    private int compressMsgBodyOverHowmuch = 4_096;
    private int maxMessageSize = 4 * 1024 * 1024;
    private String createTopicKey = "TBW102";
    private int defaultTopicQueueNums = 4;
    private int backPressureForAsyncSendNum = 10_000;
    private int backPressureForAsyncSendSize = 100 * 1024 * 1024;
    private boolean enableBackpressureForAsyncMode = true;
    private Executor callbackExecutor;
    private String namespace;
    private boolean sendLatencyFaultEnable = true;
    private boolean startDetectorEnable = true;
    private int detectInterval = 2_000;
    private int detectTimeout = 200;
    private long[] latencyMax = {50, 100, 550, 1_800, 3_000, 5_000, 15_000};
    private long[] notAvailableDuration = {0, 0, 2_000, 5_000, 6_000, 10_000, 30_000};
    private List<String> topics;
    private boolean autoBatch;
    private int batchMaxDelayMs = 10;
    private long batchMaxBytes = 32 * 1024;

    protected ProducerConfig(String producerGroup) {
        this(producerGroup, List.of());
    }

    /** @param topics as {@link #setTopics} takes them */
    protected ProducerConfig(String producerGroup, List<String> topics) {
        this.producerGroup = producerGroup;
        this.topics = List.copyOf(topics);
    }

    /**
     * @param enableMsgTrace as {@link #setEnableTrace} takes it
     * @param customizedTraceTopic as {@link #setTraceTopic} takes it
     */
    protected ProducerConfig(String producerGroup, boolean enableMsgTrace, String customizedTraceTopic) {
        super(enableMsgTrace, customizedTraceTopic);
        this.producerGroup = producerGroup;
        this.topics = List.of();
    }

    public String getProducerGroup() {
        return producerGroup;
    }

    public void setProducerGroup(String producerGroup) {
        this.producerGroup = producerGroup;
    }

    public int getSendMsgTimeout() {
        return sendMsgTimeout;
    }

    /** Milliseconds that a send may take in all, over all its attempts. */
    public void setSendMsgTimeout(int sendMsgTimeout) {
        this.sendMsgTimeout = sendMsgTimeout;
    }

    public int getSendMsgMaxTimeoutPerRequest() {
        return sendMsgMaxTimeoutPerRequest;
    }

    /**
     * Milliseconds that one attempt may take if another can follow it. Below 1, the default: half of what is left if
     * the topic has a second broker to go to, and at most 800 or a quarter of the send's timeout, whichever is longer,
     * with one for each kilobyte of the body.
     */
    public void setSendMsgMaxTimeoutPerRequest(int sendMsgMaxTimeoutPerRequest) {
        this.sendMsgMaxTimeoutPerRequest = sendMsgMaxTimeoutPerRequest;
    }

    public int getRetryTimesWhenSendFailed() {
        return retryTimesWhenSendFailed;
    }

    public void setRetryTimesWhenSendFailed(int retryTimesWhenSendFailed) {
        this.retryTimesWhenSendFailed = retryTimesWhenSendFailed;
    }

    public int getRetryTimesWhenSendAsyncFailed() {
        return retryTimesWhenSendAsyncFailed;
    }

    public void setRetryTimesWhenSendAsyncFailed(int retryTimesWhenSendAsyncFailed) {
        this.retryTimesWhenSendAsyncFailed = retryTimesWhenSendAsyncFailed;
    }

    public boolean isRetryAnotherBrokerWhenNotStoreOK() {
        return retryAnotherBrokerWhenNotStoreOk;
    }

    /** Whether a message that was stored, but not as safely as asked, is sent again to another broker. */
    public void setRetryAnotherBrokerWhenNotStoreOK(boolean retryAnotherBroker) {
        this.retryAnotherBrokerWhenNotStoreOk = retryAnotherBroker;
    }

    public Set<Integer> getRetryResponseCodes() {
        return Set.copyOf(retryResponseCodes);
    }

    /** Adds a refusal of a broker after which another attempt is made. */
    public void addRetryResponseCode(int responseCode) {
        retryResponseCodes.add(responseCode);
    }

    public int getCompressMsgBodyOverHowmuch() {
        return compressMsgBodyOverHowmuch;
    }

    /** Bytes from which a body is compressed. */
    public void setCompressMsgBodyOverHowmuch(int bodyBytes) {
        this.compressMsgBodyOverHowmuch = bodyBytes;
    }

    public int getMaxMessageSize() {
        return maxMessageSize;
    }

    /** Longest body in bytes, before it is compressed. */
    public void setMaxMessageSize(int bodyBytes) {
        this.maxMessageSize = bodyBytes;
    }

    public String getCreateTopicKey() {
        return createTopicKey;
    }

    /** The topic whose queues and permission a new topic gets. */
    public void setCreateTopicKey(String createTopicKey) {
        this.createTopicKey = createTopicKey;
    }

    public int getDefaultTopicQueueNums() {
        return defaultTopicQueueNums;
    }

    public void setDefaultTopicQueueNums(int defaultTopicQueueNums) {
        this.defaultTopicQueueNums = defaultTopicQueueNums;
    }

    public int getBackPressureForAsyncSendNum() {
        return backPressureForAsyncSendNum;
    }

    /** Messages sent asynchronously that may be under way; more wait within their own time. */
    public void setBackPressureForAsyncSendNum(int messages) {
        this.backPressureForAsyncSendNum = messages;
    }

    public int getBackPressureForAsyncSendSize() {
        return backPressureForAsyncSendSize;
    }

    /** Bytes of bodies sent asynchronously that may be under way; more wait within their own time. */
    public void setBackPressureForAsyncSendSize(int bodyBytes) {
        this.backPressureForAsyncSendSize = bodyBytes;
    }

    public Executor getCallbackExecutor() {
        return callbackExecutor;
    }

    /**
     * Runs callbacks elsewhere than on the producer's own threads; stays the application's to shut down. An executor that
     * runs them in place runs them on a network thread: the fastest way, for callbacks that never block.
     */
    public void setCallbackExecutor(Executor callbackExecutor) {
        this.callbackExecutor = callbackExecutor;
    }

    public boolean isEnableBackpressureForAsyncMode() {
        return enableBackpressureForAsyncMode;
    }

    /**
     * Whether an asynchronous send waits within its own time while too much is under way; else it is refused at once. There
     * is no queue without an end in either case.
     */
    public void setEnableBackpressureForAsyncMode(boolean waits) {
        this.enableBackpressureForAsyncMode = waits;
    }

    public String getNamespace() {
        return namespace;
    }

    /** A prefix that keeps this producer's topics apart from those of others; null for none. */
    public void setNamespace(String namespace) {
        this.namespace = namespace;
    }

    public boolean isSendLatencyFaultEnable() {
        return sendLatencyFaultEnable;
    }

    /** Whether brokers that are slow or away are left alone for a while. On unless switched off. */
    public void setSendLatencyFaultEnable(boolean sendLatencyFaultEnable) {
        this.sendLatencyFaultEnable = sendLatencyFaultEnable;
    }

    public boolean isStartDetectorEnable() {
        return startDetectorEnable;
    }

    /** Whether brokers that are away are asked now and then, and sent to again as soon as they answer. */
    public void setStartDetectorEnable(boolean startDetectorEnable) {
        this.startDetectorEnable = startDetectorEnable;
    }

    public int getDetectInterval() {
        return detectInterval;
    }

    /** Milliseconds between two questions to a broker that is away. */
    public void setDetectInterval(int detectInterval) {
        this.detectInterval = detectInterval;
    }

    public int getDetectTimeout() {
        return detectTimeout;
    }

    /** Milliseconds within which a broker that is away has to answer to be sent to again. */
    public void setDetectTimeout(int detectTimeout) {
        this.detectTimeout = detectTimeout;
    }

    public long[] getLatencyMax() {
        return latencyMax.clone();
    }

    /** Lower bounds in milliseconds of the classes of answer times, ascending. */
    public void setLatencyMax(long[] latencyMax) {
        this.latencyMax = latencyMax.clone();
    }

    public long[] getNotAvailableDuration() {
        return notAvailableDuration.clone();
    }

    /** Milliseconds for which an answer of each class of {@link #setLatencyMax} holds its broker off. */
    public void setNotAvailableDuration(long[] notAvailableDuration) {
        this.notAvailableDuration = notAvailableDuration.clone();
    }

    public List<String> getTopics() {
        return topics;
    }

    /** Topics that will be sent to: the start finds their brokers and connects, so that the first send need not. */
    public void setTopics(List<String> topics) {
        this.topics = List.copyOf(topics);
    }

    public boolean getAutoBatch() {
        return autoBatch;
    }

    /**
     * Whether single messages are gathered and travel together. Each send is still told what became of its own message;
     * messages for one queue keep their order. Delayed, transactional and reply messages travel alone, as do one-way ones.
     */
    public void setAutoBatch(boolean autoBatch) {
        this.autoBatch = autoBatch;
    }

    public int getBatchMaxDelayMs() {
        return batchMaxDelayMs;
    }

    /** Milliseconds that a message waits for others at most. */
    public void batchMaxDelayMs(int millis) {
        this.batchMaxDelayMs = millis;
    }

    public long getBatchMaxBytes() {
        return batchMaxBytes;
    }

    /** Bytes of bodies at which gathered messages leave without waiting for more. */
    public void batchMaxBytes(long bytes) {
        this.batchMaxBytes = bytes;
    }
}
