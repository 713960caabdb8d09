package io.ternmq.broker.route;

import io.ternmq.remoting.protocol.route.AdvertisedListeners;
import io.ternmq.remoting.protocol.route.BrokerIdentity;
import io.ternmq.remoting.protocol.route.BrokerInstance;

/**
 * What this broker says of itself to name servers.
 *
 * @param broker who it is, with the address for whoever asks at no listener
 * @param haServerAddress where replicas would connect to, {@code host:port}
 * @param listeners its addresses by listener
 * @param instance what it answers when it is asked who it is
 */
public record Advertisement(
        BrokerIdentity broker, String haServerAddress, AdvertisedListeners listeners, BrokerInstance instance) {}
