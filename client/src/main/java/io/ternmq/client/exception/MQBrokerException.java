package io.ternmq.client.exception;

/** A broker or name server answered, and its answer was a refusal. */
public class MQBrokerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int responseCode;
    private final String errorMessage;
    private final String brokerAddr;

    /**
     * Tells of a refusal.
     *
     * @param responseCode the code of the answer
     * @param errorMessage the remark of the answer; empty if there was none
     * @param brokerAddr who answered, as {@code host:port}
     */
    public MQBrokerException(int responseCode, String errorMessage, String brokerAddr) {
        super("CODE: " + responseCode + "  DESC: " + errorMessage + " BROKER: " + brokerAddr);
        this.responseCode = responseCode;
        this.errorMessage = errorMessage;
        this.brokerAddr = brokerAddr;
    }

    public int getResponseCode() {
        return responseCode;
    }

    public String getErrorMessage() {
        return errorMessage;
    }

    public String getBrokerAddr() {
        return brokerAddr;
    }
}
