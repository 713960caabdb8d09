package io.ternmq.benchmark.load;

import java.util.concurrent.TimeUnit;

/** Carries out one {@link Order} in which nothing is asked of the broker: what it uses by itself. Owns nothing. */
final class Idleness {
    private final Order order;

    Idleness(Order order) {
        this.order = order;
    }

    Measurement run() throws InterruptedException {
        Window window = Window.open(order.brokerPid());
        TimeUnit.MILLISECONDS.sleep(order.millis());
        return window.close(0, 0);
    }
}
