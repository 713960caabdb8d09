/** The official client behind the calls that are measured. Owns nothing. Start at {@link io.ternmq.benchmark.official.OfficialLoadClient}. */
package io.ternmq.benchmark.official;
