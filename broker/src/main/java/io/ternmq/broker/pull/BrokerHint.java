package io.ternmq.broker.pull;

/** Says which broker of a name a reader should go on with. */
@FunctionalInterface
interface BrokerHint {
    /** With this one, the master. */
    BrokerHint STAY = isSlow -> 0;

    /**
     * The id of the broker to read from next.
     *
     * @param isReaderSlow whether what it reads is likely no longer in memory
     */
    long brokerId(boolean isReaderSlow);
}
