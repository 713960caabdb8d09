/**
 * What tests of servers and clients need: a peer that speaks bytes, requests to try, a watch over buffers.
 *
 * <p>Test code, published in this module's test-jar. Start at {@link io.ternmq.remoting.testing.RawPeer}.
 */
package io.ternmq.remoting.testing;
