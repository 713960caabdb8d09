package io.ternmq.broker;

import io.ternmq.broker.delay.DelayedDelivery;
import io.ternmq.broker.group.ConsumerGroups;
import io.ternmq.broker.offset.ConsumerOffsets;
import io.ternmq.broker.pull.ParkedPulls;
import io.ternmq.broker.repeat.SendsOnce;
import io.ternmq.broker.session.ClientSessions;
import io.ternmq.broker.session.QueueLeases;
import io.ternmq.broker.store.MessageStore;
import io.ternmq.broker.topic.Topics;
import io.ternmq.broker.traffic.Traffic;
import io.ternmq.common.time.Clock;
import io.ternmq.common.work.BoundedPool;
import io.ternmq.remoting.protocol.route.BrokerInstance;
import java.net.InetSocketAddress;

/** What the processors of a broker are built from. Seen by the composition root alone. */
record Rooms(
        LiveSettings settings,
        InetSocketAddress storeHost,
        Clock clock,
        BoundedPool admin,
        BoundedPool readers,
        Topics topics,
        ConsumerGroups groups,
        ConsumerOffsets offsets,
        MessageStore store,
        SendsOnce sendsOnce,
        DelayedDelivery delivery,
        ParkedPulls parked,
        ClientSessions sessions,
        QueueLeases leases,
        Traffic traffic,
        BrokerInstance instance) {}
