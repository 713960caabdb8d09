package io.ternmq.common.work;

/** A scheduler with one owner, who ends it: closing drops tasks that have not begun. */
public interface OwnedScheduler extends Scheduler, AutoCloseable {

    @Override
    void close();
}
