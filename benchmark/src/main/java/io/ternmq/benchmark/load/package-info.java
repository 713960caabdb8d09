/**
 * The load program: one process that sends to, or consumes from, the broker it is told, as fast as it can, or leaves it
 * alone, and reports what it saw of time and of the broker's use of the processor. Owns its threads and its clock: measuring
 * time is what it is for. Both client libraries are driven by the same code through
 * {@link io.ternmq.benchmark.load.LoadClient}. Imports the JDK and HdrHistogram. Start at
 * {@link io.ternmq.benchmark.load.LoadMain}.
 */
package io.ternmq.benchmark.load;
