package io.ternmq.benchmark.failures;

/**
 * When what happened to the brokers; nanoseconds of the clock that all processes share.
 *
 * @param counted calls begun from here on count
 * @param struck one broker was killed and one was stopped
 * @param woken the stopped one went on
 * @param launched the killed one was started again
 * @param registered the name server knew it again
 * @param over calls begun from here on do not count
 */
record Events(long counted, long struck, long woken, long launched, long registered, long over) {}
