/**
 * The SDK: producers and consumers of messages. This package holds what both share with their users.
 *
 * <p>Applications import from four packages: {@code io.ternmq.client.producer}, {@code io.ternmq.client.consumer},
 * {@code io.ternmq.client.exception} and {@code io.ternmq.common.message}; the family of {@code RemotingException} is in
 * {@code io.ternmq.remoting.protocol}. Types and methods have the names that users of this protocol know.
 *
 * <p>Owns the client's view of the cluster, nothing static. May import {@code remoting} and {@code common}; never a
 * server's module. Start at {@code DefaultMQProducer} or {@code DefaultMQPushConsumer}.
 */
package io.ternmq.client;
