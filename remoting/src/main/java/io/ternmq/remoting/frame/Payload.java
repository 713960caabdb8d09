package io.ternmq.remoting.frame;

/** What a request or an answer says beside its code: header fields and body. */
public record Payload(HeaderFields fields, Body body) {
    private static final Payload EMPTY = new Payload(HeaderFields.empty(), Body.empty());

    public static Payload empty() {
        return EMPTY;
    }

    public static Payload of(HeaderFields fields) {
        return new Payload(fields, Body.empty());
    }

    public static Payload of(Body body) {
        return new Payload(HeaderFields.empty(), body);
    }
}
