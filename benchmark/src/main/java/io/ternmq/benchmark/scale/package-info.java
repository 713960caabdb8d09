/**
 * What a message costs our broker as queues and connections grow in number: the same load at each point of two curves. Owns
 * the brokers of a run, its connections to them, and its report. Imports {@code benchmark}, {@code benchmark.load},
 * {@code interop.servers}, and {@code remoting}. Start at {@link io.ternmq.benchmark.scale.ScaleBenchmark}; by hand:
 * {@code benchmark/scale --help}.
 */
package io.ternmq.benchmark.scale;
