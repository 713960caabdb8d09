package io.ternmq.namesrv.route;

import io.ternmq.common.topic.Permission;
import io.ternmq.common.topic.TopicConfig;
import io.ternmq.remoting.protocol.body.DataVersion;
import io.ternmq.remoting.protocol.route.BrokerIdentity;
import io.ternmq.remoting.protocol.route.BrokerRoute;
import io.ternmq.remoting.protocol.route.QueueRoute;
import io.ternmq.remoting.protocol.route.RegisterBrokerRequest;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One registration on its way into the table: the rules of who replaces whom and whose topics count. Lives for one
 * registration, under the table's lock.
 */
final class Registration {
    private final RegisterBrokerRequest request;
    private final BrokerIdentity broker;
    private final RoutesDraft draft;
    private final LiveBrokers live;

    Registration(RegisterBrokerRequest request, RoutesDraft draft, LiveBrokers live) {
        this.request = request;
        this.broker = request.broker();
        this.draft = draft;
        this.live = live;
    }

    /** Changes the draft, unless the registration is not taken. */
    RegistrationOutcome apply() {
        SortedMap<Long, String> addresses = new TreeMap<>(
                draft.broker(broker.brokerName()).map(BrokerRoute::addresses).orElseGet(TreeMap::new));
        // A replica that became master, or a broker whose id was changed: one address has one id.
        addresses
                .entrySet()
                .removeIf(other ->
                        other.getKey() != broker.brokerId() && other.getValue().equals(broker.address()));
        Optional<String> holder = Optional.ofNullable(addresses.get(broker.brokerId()));
        if (holder.isPresent() && isOfLaterTerm(holder.get())) {
            return RegistrationOutcome.superseded();
        }
        if (holder.isEmpty() && request.topics().topics().size() == 1) {
            return RegistrationOutcome.refused("Broker " + broker.brokerName() + " with id " + broker.brokerId()
                    + " is not registered and lists one topic: expected a registration of all its topics first");
        }
        addresses.put(broker.brokerId(), broker.address());
        draft.putBroker(
                new BrokerRoute(broker.cluster(), broker.brokerName(), addresses, hasActingMaster(), request.zone()));
        draft.putListeners(BrokerKey.of(broker), request.listeners());
        if (speaksForItsName(addresses)) {
            putTopics(holder.isEmpty() || isVersionNew());
        }
        return outcome(addresses);
    }

    private boolean isOfLaterTerm(String holder) {
        return !holder.equals(broker.address())
                && live.find(new BrokerKey(broker.cluster(), holder))
                        .filter(other -> other.version().stateVersion()
                                > request.topics().version().stateVersion())
                        .isPresent();
    }

    private boolean isMaster() {
        return broker.brokerId() == BrokerRoute.MASTER_ID;
    }

    private boolean hasActingMaster() {
        return request.enablesActingMaster().orElse(false);
    }

    // Topics come from the master; where brokers know acting masters, from the first replica as well.
    private boolean speaksForItsName(SortedMap<Long, String> addresses) {
        return isMaster() || (request.enablesActingMaster().isPresent() && broker.brokerId() == addresses.firstKey());
    }

    private boolean isVersionNew() {
        Optional<DataVersion> known = live.find(BrokerKey.of(broker)).map(LiveBroker::version);
        return !known.equals(Optional.of(request.topics().version()));
    }

    private void putTopics(boolean isNew) {
        for (TopicConfig topic : request.topics().topics()) {
            if (isNew || draft.queues(topic.name(), broker.brokerName()).isEmpty()) {
                draft.putQueues(
                        topic.name(),
                        new QueueRoute(
                                broker.brokerName(),
                                topic.readQueues(),
                                topic.writeQueues(),
                                permission(topic),
                                topic.sysFlag()));
            }
        }
    }

    // An acting master serves reads and must not be sent to.
    private int permission(TopicConfig topic) {
        boolean isActing = !isMaster() && hasActingMaster();
        return isActing ? topic.permission() & ~Permission.WRITE : topic.permission();
    }

    private RegistrationOutcome outcome(SortedMap<Long, String> addresses) {
        if (isMaster()) {
            return RegistrationOutcome.accepted(Optional.empty(), Optional.empty());
        }
        Optional<String> master = Optional.ofNullable(addresses.get(BrokerRoute.MASTER_ID));
        Optional<String> haServer = master.flatMap(address -> live.find(new BrokerKey(broker.cluster(), address)))
                .map(LiveBroker::haServerAddress);
        return RegistrationOutcome.accepted(master, haServer);
    }
}
