package io.ternmq.broker.session;

/**
 * What became of a heartbeat.
 *
 * @param detail with values, fit to be shown to the client; empty where there is nothing to be said
 */
public record Heard(Kind kind, String detail) {
    public static final Heard KNOWN = new Heard(Kind.KNOWN, "");
    public static final Heard SUBSCRIPTIONS_WANTED = new Heard(Kind.SUBSCRIPTIONS_WANTED, "");
    public static final Heard TOO_MANY_CLIENTS = new Heard(Kind.TOO_MANY_CLIENTS, "");

    /** How it went. */
    public enum Kind {
        KNOWN,
        /** The broker does not know the subscriptions that the heartbeat leaves out. */
        SUBSCRIPTIONS_WANTED,
        /** As many clients are connected as may. */
        TOO_MANY_CLIENTS,
        /** In one group or more the client reads something else than those who were there, and is not let in. */
        CONFLICTING
    }

    static Heard conflicting(String detail) {
        return new Heard(Kind.CONFLICTING, detail);
    }
}
