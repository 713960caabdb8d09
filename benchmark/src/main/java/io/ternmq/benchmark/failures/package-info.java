/**
 * What senders notice while of three brokers one is killed and one is stopped, and while both come back: our client and the
 * official one, one after the other on the same brokers. Owns the processes of a run and its report. Start at
 * {@link io.ternmq.benchmark.failures.FailuresBenchmark}; by hand: {@code benchmark/failures --help}.
 */
package io.ternmq.benchmark.failures;
