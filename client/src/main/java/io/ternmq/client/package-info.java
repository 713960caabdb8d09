/**
 * The SDK: producers and consumers of messages.
 *
 * <p>Owns the client's view of the cluster. May import {@code remoting} and {@code common}; never a server's module.
 */
package io.ternmq.client;
