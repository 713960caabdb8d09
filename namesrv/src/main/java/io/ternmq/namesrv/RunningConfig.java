package io.ternmq.namesrv;

import io.ternmq.common.config.DeclaredSettings;
import io.ternmq.common.config.PropertiesText;
import io.ternmq.common.config.Settings;
import io.ternmq.common.file.AtomicFile;
import io.ternmq.namesrv.route.RouteOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings as they are while the server runs. Sole owner of those that may change, and of the file that keeps
 * changes. Safe for use by any thread.
 */
final class RunningConfig {
    private static final Logger log = LoggerFactory.getLogger(RunningConfig.class);

    private final DeclaredSettings declared = NameServerConfig.settings();
    private final Optional<AtomicFile> store;
    private final ReentrantLock lock = new ReentrantLock(); // for the file, and for replacing the values
    private volatile Values values; // written under the lock, read by all

    private record Values(Settings given, RouteOptions options) {}

    /**
     * Begins with what the server was started with.
     *
     * @param store takes changes; without it they are gone when the server stops
     */
    RunningConfig(Settings given, Optional<Path> store) {
        this.store = store.map(AtomicFile::new);
        this.values = new Values(given, RouteOptions.from(given));
    }

    RouteOptions options() {
        return values.options();
    }

    /** The value of each setting as text, by key. */
    Map<String, String> texts() {
        return declared.texts(values.given());
    }

    /**
     * Changes settings, all of them or none.
     *
     * @return why they may not be changed, if they may not
     * @throws io.ternmq.common.config.SettingException if a value is not valid
     * @throws IOException if the changes could not be saved; then nothing has changed
     */
    Optional<String> change(Settings changes) throws IOException {
        Optional<String> refusal = declared.refusalOf(changes);
        if (refusal.isPresent()) {
            return refusal;
        }
        lock.lock();
        try {
            Settings next = values.given().with(changes);
            if (store.isPresent()) {
                save(store.get(), changes);
            }
            values = new Values(next, RouteOptions.from(next));
        } finally {
            lock.unlock();
        }
        log.info("Settings changed. changes={} saved={}", changes.asMap(), store.isPresent());
        return Optional.empty();
    }

    private static void save(AtomicFile file, Settings changes) throws IOException {
        String before = file.read(content -> new String(content, StandardCharsets.UTF_8))
                .orElse("");
        file.write(PropertiesText.changed(before, changes.asMap()).getBytes(StandardCharsets.UTF_8));
    }
}
