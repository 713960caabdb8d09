package io.ternmq.broker.store.queue;

import java.util.ArrayDeque;

/**
 * Keeps the number of open queue files bounded: closes the one opened longest ago that was not used since the last look.
 * Owns the row of open files. Called by whoever opens one.
 */
final class OpenQueueFiles {
    private final QueueFilesAllowed allowed; // guarded by this object's lock
    private final ArrayDeque<QueueFile> row = new ArrayDeque<>(); // guarded by this object's lock

    OpenQueueFiles(QueueFilesAllowed allowed) {
        this.allowed = allowed;
    }

    /** A file was opened. Closes another if there are too many now. */
    void opened(QueueFile file) {
        QueueFile evicted = addAndChoose(file);
        if (evicted != null) {
            evicted.close();
        }
    }

    /** Closes all. */
    void closeAll() {
        ArrayDeque<QueueFile> all;
        synchronized (this) {
            all = new ArrayDeque<>(row);
            row.clear();
        }
        all.forEach(QueueFile::close);
    }

    synchronized int count() {
        return row.size();
    }

    // Null while there are few enough.
    private synchronized QueueFile addAndChoose(QueueFile file) {
        row.add(file);
        if (!allowed.isTooMany(row.size())) {
            return null;
        }
        // One round at most: if all were used, the first is as good as any.
        for (int i = row.size(); i > 1 && row.peek().takeUsed(); i--) {
            row.add(row.poll());
        }
        return row.poll();
    }
}
