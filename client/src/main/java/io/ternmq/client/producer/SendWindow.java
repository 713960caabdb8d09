package io.ternmq.client.producer;

import io.ternmq.remoting.protocol.RemotingTooMuchRequestException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How much may be under way asynchronously. Owns the count of messages and bytes in it. A full window makes the caller
 * wait within its own time; there is no queue behind it.
 */
final class SendWindow {
    private final int messagesMax;
    private final int bytesMax;
    private final boolean waits;
    private final Semaphore messages;
    private final Semaphore bytes;

    /** @param waits whether a full window makes callers wait, or refuses them at once */
    SendWindow(int messagesMax, int bytesMax, boolean waits) {
        this.waits = waits;
        this.messagesMax = messagesMax;
        this.bytesMax = bytesMax;
        this.messages = new Semaphore(messagesMax);
        this.bytes = new Semaphore(bytesMax);
    }

    /** Makes room for one message, if there is room now. */
    boolean hasEntered(int bodyBytes) {
        if (!messages.tryAcquire()) {
            return false;
        }
        if (bytes.tryAcquire(weight(bodyBytes))) {
            return true;
        }
        messages.release();
        return false;
    }

    /**
     * Makes room for one message, waiting if need be.
     *
     * @throws RemotingTooMuchRequestException if there is no room in time
     */
    void enter(int bodyBytes, Duration timeLeft) throws RemotingTooMuchRequestException, InterruptedException {
        Duration patience = waits ? timeLeft : Duration.ZERO;
        if (!acquire(messages, 1, patience)) {
            throw new RemotingTooMuchRequestException("Not sent: " + messagesMax
                    + " asynchronous sends are under way (backPressureForAsyncSendNum), waited " + patience.toMillis()
                    + " ms for one to end");
        }
        if (!acquire(bytes, weight(bodyBytes), patience)) {
            messages.release();
            throw new RemotingTooMuchRequestException("Not sent: asynchronous sends of " + bytesMax
                    + " bytes are under way (backPressureForAsyncSendSize), waited " + patience.toMillis()
                    + " ms for room for " + bodyBytes + " bytes");
        }
    }

    void leave(int bodyBytes) {
        messages.release();
        bytes.release(weight(bodyBytes));
    }

    /** Waits until nothing is under way, and lets nothing in any more; false if the time is up first. */
    boolean awaitEmpty(Duration timeLeft) throws InterruptedException {
        return acquire(messages, messagesMax, timeLeft);
    }

    // One message larger than the window must still be able to go, alone.
    private int weight(int bodyBytes) {
        return Math.min(bodyBytes, bytesMax);
    }

    private static boolean acquire(Semaphore permits, int count, Duration timeLeft) throws InterruptedException {
        return permits.tryAcquire(count) || permits.tryAcquire(count, timeLeft.toNanos(), TimeUnit.NANOSECONDS);
    }
}
