package io.ternmq.broker.send;

import java.nio.ByteBuffer;

/**
 * One message of a send, as far as it is not said once for all of them.
 *
 * @param body a view of the request's body
 */
record SentPart(int flag, ByteBuffer body, SentProperties properties) {}
