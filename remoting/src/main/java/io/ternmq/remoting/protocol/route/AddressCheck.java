package io.ternmq.remoting.protocol.route;

import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.ProtocolException;

/**
 * What came of dialling a broker; answers our code 61001.
 *
 * @param verdict whether the broker was reached
 * @param address what clients are told, {@code host:port}
 * @param reason why it was not reached or not dialled, as a clause; empty if it was reached
 */
public record AddressCheck(Verdict verdict, String address, String reason) {
    private static final String VERDICT = "verdict";
    private static final String ADDRESS = "address";
    private static final String REASON = "reason";

    /** Whether a broker was reached. */
    public enum Verdict {
        /** The same broker answered. */
        REACHED,
        /** Nobody answered, or somebody else. */
        NOT_REACHED,
        /** The address is not the registrant's own as far as the name server can tell, or it has no time now. */
        NOT_DIALLED
    }

    HeaderFields fields() {
        return HeaderFields.builder()
                .put(VERDICT, verdict.name())
                .put(ADDRESS, address)
                .put(REASON, reason)
                .build();
    }

    static AddressCheck decode(HeaderFields fields) {
        return new AddressCheck(verdict(fields.text(VERDICT)), fields.text(ADDRESS, ""), fields.text(REASON, ""));
    }

    private static Verdict verdict(String name) {
        for (Verdict verdict : Verdict.values()) {
            if (verdict.name().equals(name)) {
                return verdict;
            }
        }
        throw new ProtocolException("Verdict " + name + " is not known");
    }
}
