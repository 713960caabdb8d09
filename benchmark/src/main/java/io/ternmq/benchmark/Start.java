package io.ternmq.benchmark;

/**
 * One measured start of a broker on an empty store, and its stop.
 *
 * @param server its make
 * @param millis from the making of the process until the name server names the broker
 * @param rssKib resident memory once it is idle
 * @param anonKib the part of it that is not of files
 * @param cpuMillis it had used by then
 * @param stopMillis from SIGTERM until the process is gone
 */
record Start(Make server, double millis, long rssKib, long anonKib, long cpuMillis, double stopMillis) {}
