/** Our client behind the calls that are measured. Owns nothing. Start at {@link io.ternmq.benchmark.tern.TernLoadClient}. */
package io.ternmq.benchmark.tern;
