/**
 * Measures our broker and the official one side by side, in one run, under the same load. Owns the processes of a run and
 * its report. Start at {@link io.ternmq.benchmark.Benchmark}; by hand: {@code benchmark/run --help}.
 */
package io.ternmq.benchmark;
