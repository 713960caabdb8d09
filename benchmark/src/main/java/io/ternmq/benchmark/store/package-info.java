/**
 * JMH measurements of the store alone, without sockets, beside bare loops that do only what the hardware must: what the
 * store adds is the ratio of the two. Owns its stores, each in a temporary folder. Imports the broker's store and JMH.
 * Start at {@link io.ternmq.benchmark.store.StoreBenchmarks}; by hand: {@code benchmark/jmh --help}.
 */
package io.ternmq.benchmark.store;
