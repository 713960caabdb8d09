package io.ternmq.client.exception;

/** Codes of {@link MQClientException} that the client gives itself. Numbers and names are the protocol's. */
public final class ClientErrorCode {
    /** Nothing more is known than the text says. */
    public static final int UNKNOWN = -1;

    public static final int CONNECT_BROKER_EXCEPTION = 10001;
    public static final int ACCESS_BROKER_TIMEOUT = 10002;
    public static final int BROKER_NOT_EXIST_EXCEPTION = 10003;
    public static final int NO_NAME_SERVER_EXCEPTION = 10004;
    public static final int NOT_FOUND_TOPIC_EXCEPTION = 10005;

    private ClientErrorCode() {}
}
