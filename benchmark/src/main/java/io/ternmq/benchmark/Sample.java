package io.ternmq.benchmark;

import io.ternmq.benchmark.load.Measurement;
import io.ternmq.benchmark.load.Mode;

/**
 * One measured run.
 *
 * @param client that loaded
 * @param mode of the load
 * @param pair number of the pair, from 0
 * @param server that was loaded
 * @param measurement what was seen
 */
record Sample(Library client, Mode mode, int pair, Make server, Measurement measurement) {}
