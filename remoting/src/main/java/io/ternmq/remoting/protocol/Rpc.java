package io.ternmq.remoting.protocol;

/**
 * One request code with the form of its question and of its answer; the same constant serves server and client.
 *
 * @param code the request code on the wire ({@link RequestCode})
 * @param name for logs and metrics, as operators of this protocol know it
 * @param request codec of the question
 * @param response codec of the answer
 * @param <Q> the question
 * @param <R> the answer, as sent with code 0 and any other code that carries one
 */
public record Rpc<Q, R>(int code, String name, PayloadCodec<Q> request, PayloadCodec<R> response) {

    @Override
    public String toString() {
        return name + "(" + code + ")";
    }
}
