package io.ternmq.client;

import java.util.Optional;

/**
 * What producers and consumers have in common: how to reach the cluster and how often to tend it. Filled in by the
 * application before the start, which takes a snapshot; not safe for use by several threads. All times are in
 * milliseconds.
 */
public class ClientConfig {
    /** The instance name of clients that were not given one; replaced by process id and time at the start. */
    public static final String DEFAULT_INSTANCE_NAME = "DEFAULT";

    private static final String NAMESRV_PROPERTY = "rocketmq.namesrv.addr";
    private static final String NAMESRV_VARIABLE = "NAMESRV_ADDR";

    private String namesrvAddr = namesrvAddrOfProcess();
    private String clientIp;
    private String instanceName = DEFAULT_INSTANCE_NAME;
    private String unitName;
    private int pollNameServerInterval = 30_000;
    private int heartbeatBrokerInterval = 30_000;
    private int persistConsumerOffsetInterval = 5_000;
    private int mqClientApiTimeout = 3_000;
    private boolean enableTrace;
    private String traceTopic;
    private int traceMsgBatchNum = 10;

    protected ClientConfig() {
        this(false, null);
    }

    /**
     * @param enableTrace as {@link #setEnableTrace} takes it
     * @param traceTopic as {@link #setTraceTopic} takes it
     */
    protected ClientConfig(boolean enableTrace, String traceTopic) {
        this.enableTrace = enableTrace;
        this.traceTopic = traceTopic;
    }

    /** Name servers as {@code host:port;host:port}; null if neither set nor given to the process. */
    public String getNamesrvAddr() {
        return namesrvAddr;
    }

    /**
     * Sets the name servers as {@code host:port;host:port}. Without it, JVM property {@code rocketmq.namesrv.addr} and
     * then environment variable {@code NAMESRV_ADDR} count.
     */
    public void setNamesrvAddr(String namesrvAddr) {
        this.namesrvAddr = namesrvAddr;
    }

    /** The address that this client names itself by; null to find out. */
    public String getClientIP() {
        return clientIp;
    }

    public void setClientIP(String clientIp) {
        this.clientIp = clientIp;
    }

    public String getInstanceName() {
        return instanceName;
    }

    /** Names this client within its machine. Two members of one group need different names. */
    public void setInstanceName(String instanceName) {
        this.instanceName = instanceName;
    }

    public String getUnitName() {
        return unitName;
    }

    public void setUnitName(String unitName) {
        this.unitName = unitName;
    }

    public int getPollNameServerInterval() {
        return pollNameServerInterval;
    }

    public void setPollNameServerInterval(int pollNameServerInterval) {
        this.pollNameServerInterval = pollNameServerInterval;
    }

    public int getHeartbeatBrokerInterval() {
        return heartbeatBrokerInterval;
    }

    public void setHeartbeatBrokerInterval(int heartbeatBrokerInterval) {
        this.heartbeatBrokerInterval = heartbeatBrokerInterval;
    }

    public int getPersistConsumerOffsetInterval() {
        return persistConsumerOffsetInterval;
    }

    public void setPersistConsumerOffsetInterval(int persistConsumerOffsetInterval) {
        this.persistConsumerOffsetInterval = persistConsumerOffsetInterval;
    }

    public int getMqClientApiTimeout() {
        return mqClientApiTimeout;
    }

    /** Longest wait for an answer to anything but sends and pulls. */
    public void setMqClientApiTimeout(int mqClientApiTimeout) {
        this.mqClientApiTimeout = mqClientApiTimeout;
    }

    public boolean isEnableTrace() {
        return enableTrace;
    }

    /**
     * Whether a producer records each message that is stored, and a push consumer each call of its listener, in messages to
     * {@code traceTopic}. A constructor parameter of both says the same.
     */
    public void setEnableTrace(boolean enableTrace) {
        this.enableTrace = enableTrace;
    }

    public String getTraceTopic() {
        return traceTopic;
    }

    /** Where records go; null for {@code RMQ_SYS_TRACE_TOPIC}, where operators' tools look unless told otherwise. */
    public void setTraceTopic(String traceTopic) {
        this.traceTopic = traceTopic;
    }

    public int getTraceMsgBatchNum() {
        return traceMsgBatchNum;
    }

    /** Records that wait at which they are sent at once and not a second after the first: 1 to 1000. */
    public void setTraceMsgBatchNum(int records) {
        this.traceMsgBatchNum = records;
    }

    private static String namesrvAddrOfProcess() {
        return Optional.ofNullable(System.getProperty(NAMESRV_PROPERTY))
                .filter(text -> !text.isBlank())
                .orElseGet(() -> System.getenv(NAMESRV_VARIABLE));
    }
}
