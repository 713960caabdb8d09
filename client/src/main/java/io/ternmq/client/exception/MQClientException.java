package io.ternmq.client.exception;

/** The client could not do what was asked: wrong use, no route, or every attempt failed. */
public class MQClientException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int responseCode;
    private final String errorMessage;

    public MQClientException(String message, Throwable cause) {
        this(ClientErrorCode.UNKNOWN, message, cause);
    }

    public MQClientException(int responseCode, String message) {
        this(responseCode, message, null);
    }

    public MQClientException(int responseCode, String message, Throwable cause) {
        super(
                responseCode == ClientErrorCode.UNKNOWN ? message : "CODE: " + responseCode + "  DESC: " + message,
                cause);
        this.responseCode = responseCode;
        this.errorMessage = message;
    }

    /** One of {@link ClientErrorCode}, or the broker's own code when a broker gave the last refusal. */
    public int getResponseCode() {
        return responseCode;
    }

    /** The text without the code. */
    public String getErrorMessage() {
        return errorMessage;
    }
}
