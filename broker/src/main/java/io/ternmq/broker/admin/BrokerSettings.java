package io.ternmq.broker.admin;

import io.ternmq.common.config.Settings;
import io.ternmq.remoting.protocol.body.DataVersion;
import java.util.Map;
import java.util.Optional;

/** The settings of a broker that runs, as far as they can be seen and changed over the wire. */
public interface BrokerSettings {

    /** Every key with the value in force, in the order of keys. */
    Map<String, String> describe();

    /** Counts the changes since the broker was started. */
    DataVersion version();

    /** Why settings were not changed. */
    enum Refusal {
        /** A key cannot be changed while the broker runs, or not over the wire. */
        NOT_CHANGEABLE,
        /** A value is not one that its key takes. */
        BAD_VALUE,
        /** The changed settings could not be saved. */
        NOT_SAVED
    }

    /**
     * Settings that stay as they were, all of them.
     *
     * @param detail with key and value, fit to be shown to whoever asked
     */
    record Refused(Refusal reason, String detail) {}

    /** Changes settings, all or none; they are saved and in force when this returns. May wait for the disk. */
    Optional<Refused> change(Settings wanted);
}
