package io.ternmq.broker;

import io.ternmq.broker.admin.BrokerSettings;
import io.ternmq.common.config.SettingException;
import io.ternmq.common.config.Settings;
import io.ternmq.common.time.Clock;
import io.ternmq.remoting.protocol.body.DataVersion;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration in force. Owns it: read by any thread, replaced as a whole by one change at a time. Only keys that
 * are declared as changeable can be changed, and none of those names a path or a command.
 */
final class LiveSettings implements BrokerSettings {
    private static final Logger log = LoggerFactory.getLogger(LiveSettings.class);

    private final SettingsFile file;
    private volatile BrokerConfig config; // replaced under the lock, read by any thread
    private volatile DataVersion version; // replaced under the lock, read by any thread
    private volatile BiConsumer<BrokerConfig, BrokerConfig> listener = (before, after) -> {}; // set once at start
    private final Clock clock;

    LiveSettings(BrokerConfig config, SettingsFile file, Clock clock) {
        this.config = config;
        this.file = file;
        this.clock = clock;
        this.version = DataVersion.initial(clock.wallMillis());
    }

    BrokerConfig current() {
        return config;
    }

    /** Has {@code listener} told of the configuration before and after each change, on the thread that makes it. */
    void onChange(BiConsumer<BrokerConfig, BrokerConfig> changeListener) {
        listener = changeListener;
    }

    @Override
    public Map<String, String> describe() {
        return config.describe();
    }

    @Override
    public DataVersion version() {
        return version;
    }

    // Changes are rare, come from operators and must follow one another on disk: the lock is held for the write.
    @Override
    public synchronized Optional<Refused> change(Settings wanted) {
        BrokerConfig before = config;
        BrokerConfig after;
        try {
            Optional<String> refusal = BrokerConfig.DECLARED.refusalOf(wanted);
            if (refusal.isPresent()) {
                return Optional.of(new Refused(Refusal.NOT_CHANGEABLE, refusal.get()));
            }
            after = BrokerConfig.from(before.settings().with(wanted));
            file.save(wanted.asMap());
        } catch (SettingException e) {
            return Optional.of(new Refused(Refusal.BAD_VALUE, e.getMessage()));
        } catch (IOException e) {
            log.error("Settings not saved. file={}", file.path(), e);
            return Optional.of(new Refused(Refusal.NOT_SAVED, "File " + file.path() + " cannot be written: " + e));
        }
        config = after;
        version = version.next(clock.wallMillis());
        log.info("Settings changed. keys={}", String.join(",", wanted.asMap().keySet()));
        listener.accept(before, after);
        return Optional.empty();
    }
}
