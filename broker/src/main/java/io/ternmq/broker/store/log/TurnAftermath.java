package io.ternmq.broker.store.log;

/**
 * What is left to do for a turn of the writer once its pen is down: answer, then ring. Owned by the thread that held the
 * pen.
 *
 * @param answered first of the row of those that have their answer; null if there is none
 */
record TurnAftermath(
        Append answered,
        LogWriter.Bells bells,
        boolean ringsSendsWait,
        boolean ringsAfterAppend,
        boolean ringsAfterReadable)
        implements Runnable {
    @Override
    public void run() {
        try {
            complete();
        } finally {
            ring();
        }
    }

    private void complete() {
        Append append = answered;
        while (append != null) {
            Append next = append.next();
            append.next(null);
            append.complete();
            append = next;
        }
    }

    private void ring() {
        if (ringsSendsWait) {
            bells.sendsWait().run();
        }
        if (ringsAfterAppend) {
            bells.afterAppend().run();
        }
        if (ringsAfterReadable) {
            bells.afterReadable().run();
        }
    }
}
