package io.ternmq.remoting.protocol;

/**
 * One request code with the form of its question and of its answer; the same constant serves server and client.
 *
 * @param code the request code on the wire ({@link RequestCode})
 * @param name for logs and metrics, as operators of this protocol know it
 * @param request codec of the question
 * @param response codec of the answer
 * @param isFrequent whether it is asked so often that the form of its header counts
 * @param <Q> the question
 * @param <R> the answer, as sent with code 0 and any other code that carries one
 */
public record Rpc<Q, R>(int code, String name, PayloadCodec<Q> request, PayloadCodec<R> response, boolean isFrequent) {

    /** One of the many that are asked now and then. */
    public Rpc(int code, String name, PayloadCodec<Q> request, PayloadCodec<R> response) {
        this(code, name, request, response, false);
    }

    /** The same, asked very often: peers known to read the binary form of a header are asked in it. */
    public Rpc<Q, R> frequent() {
        return new Rpc<>(code, name, request, response, true);
    }

    @Override
    public String toString() {
        return name + "(" + code + ")";
    }
}
