package io.ternmq.namesrv;

import io.ternmq.namesrv.kv.KvTable;
import io.ternmq.namesrv.liveness.BrokerLeases;
import io.ternmq.namesrv.reach.DialBack;
import io.ternmq.namesrv.route.OrderConfig;
import io.ternmq.namesrv.route.RouteTable;
import io.ternmq.remoting.server.Lane;

/**
 * What the processors of a name server are built from, shared by all its ports. Seen by the composition root alone.
 *
 * @param registration one thread, because a broker's requests must take effect in the order in which they came
 * @param checks where names are looked up
 */
record NameServerRooms(
        RunningConfig running,
        KvTable kv,
        OrderConfig order,
        RouteTable table,
        BrokerLeases leases,
        DialBack dialBack,
        Lane registration,
        Lane admin,
        Lane checks) {}
