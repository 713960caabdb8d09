package io.ternmq.benchmark.store;

import io.ternmq.broker.store.file.DiskFiles;
import io.ternmq.broker.store.file.Mapping;
import io.ternmq.broker.store.file.StoreFile;
import io.ternmq.broker.store.file.StoreFiles;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The machine's files, watched: how far the log's space is prepared, and how often it is forced. By proxies, which pass on
 * what they do not watch; nothing of it is called for a single message. Any thread.
 */
final class WatchedFiles {
    private final Path log;
    private final AtomicLong prepared = new AtomicLong();
    private final LongAdder forces = new LongAdder();

    /** @param log directory of the log's segments */
    WatchedFiles(Path log) {
        this.log = log;
    }

    /** What a store is opened on. */
    StoreFiles files() {
        StoreFiles files = new DiskFiles();
        return proxy(StoreFiles.class, (method, arguments) -> {
            Object result = pass(files, method, arguments);
            return result instanceof StoreFile file && log.equals(file.path().getParent()) ? segment(file) : result;
        });
    }

    /** Position up to where the log's files have been written with zeros, which is how its space is prepared. */
    long prepared() {
        return prepared.get();
    }

    /** Forces of mapped parts of the log. */
    long forces() {
        return forces.sum();
    }

    // A file of the log is named after the position that it begins at.
    private StoreFile segment(StoreFile file) {
        long base = Long.parseLong(file.path().getFileName().toString());
        return proxy(StoreFile.class, (method, arguments) -> {
            if (method.getName().equals("write")) {
                long end = base + (long) arguments[1] + ((ByteBuffer) arguments[0]).remaining();
                Object nothing = pass(file, method, arguments);
                prepared.accumulateAndGet(end, Math::max);
                return nothing;
            }
            Object result = pass(file, method, arguments);
            return result instanceof Mapping mapping ? watched(mapping) : result;
        });
    }

    private Mapping watched(Mapping mapping) {
        return proxy(Mapping.class, (method, arguments) -> {
            if (method.getName().equals("force")) {
                forces.increment();
            }
            return pass(mapping, method, arguments);
        });
    }

    private interface Watch {
        Object call(Method method, Object... arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Watch watch) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> watch.call(method, arguments)));
    }

    private static Object pass(Object target, Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
