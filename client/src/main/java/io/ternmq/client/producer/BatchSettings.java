package io.ternmq.client.producer;

import java.time.Duration;

/**
 * When messages leave that were gathered.
 *
 * @param linger longest wait of a message for others
 * @param bytesMax bodies of a batch; one larger message travels alone
 */
record BatchSettings(Duration linger, long bytesMax) {}
