package io.ternmq.interop.api;

/** What a client library threw, without its types. */
public final class ClientFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String kind;
    private final int code;

    /**
     * Describes a failure.
     *
     * @param kind simple name of the library's exception
     * @param code the response code it carries, or -1
     * @param message its text
     */
    public ClientFailure(String kind, int code, String message) {
        super(kind + " code=" + code + ": " + message);
        this.kind = kind;
        this.code = code;
    }

    public String kind() {
        return kind;
    }

    public int code() {
        return code;
    }
}
