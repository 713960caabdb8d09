/**
 * Shows where a broker under load spends processor time and memory: flame graphs of its flight recording, drawn by us, and
 * tables of what stands out. Owns the processes of a run and the recording. Imports {@code benchmark},
 * {@code benchmark.load} and the JDK's {@code jdk.jfr}. Start at {@link io.ternmq.benchmark.profile.BrokerProfile}; by hand:
 * {@code benchmark/profile --help}.
 */
package io.ternmq.benchmark.profile;
