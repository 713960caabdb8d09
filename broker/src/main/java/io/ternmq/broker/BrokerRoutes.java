package io.ternmq.broker;

import io.ternmq.broker.admin.GetConfigProcessor;
import io.ternmq.broker.admin.RuntimeInfo;
import io.ternmq.broker.admin.RuntimeInfoProcessor;
import io.ternmq.broker.admin.UpdateConfigProcessor;
import io.ternmq.broker.filter.FilterCompiler;
import io.ternmq.broker.filter.FilterOutcome;
import io.ternmq.broker.group.AllGroupsProcessor;
import io.ternmq.broker.group.DeleteGroupProcessor;
import io.ternmq.broker.group.GroupConfigProcessor;
import io.ternmq.broker.group.UpdateGroupProcessor;
import io.ternmq.broker.offset.CommitOffsetProcessor;
import io.ternmq.broker.offset.CommittedOffsetProcessor;
import io.ternmq.broker.pull.BrokerHints;
import io.ternmq.broker.pull.CheckSubscriptionProcessor;
import io.ternmq.broker.pull.PullAdmission;
import io.ternmq.broker.pull.PullMessageProcessor;
import io.ternmq.broker.pull.PullReads;
import io.ternmq.broker.pull.PullService;
import io.ternmq.broker.query.ConsumeStatsProcessor;
import io.ternmq.broker.query.EarliestStoreTimeProcessor;
import io.ternmq.broker.query.OffsetByTimeProcessor;
import io.ternmq.broker.query.QueryByKeyProcessor;
import io.ternmq.broker.query.QueueOffsetsProcessor;
import io.ternmq.broker.query.TimeSpanProcessor;
import io.ternmq.broker.query.TopicStatsProcessor;
import io.ternmq.broker.query.ViewByPositionProcessor;
import io.ternmq.broker.query.WhoConsumesProcessor;
import io.ternmq.broker.relay.ConsumeDirectlyProcessor;
import io.ternmq.broker.relay.ConsumerStatusProcessor;
import io.ternmq.broker.relay.MemberCalls;
import io.ternmq.broker.relay.RunningInfoProcessor;
import io.ternmq.broker.reset.CloneOffsetsProcessor;
import io.ternmq.broker.reset.OffsetResets;
import io.ternmq.broker.reset.ResetMode;
import io.ternmq.broker.reset.ResetOffsetsProcessor;
import io.ternmq.broker.reset.ResetTargets;
import io.ternmq.broker.retry.SendBackProcessor;
import io.ternmq.broker.retry.SendBackService;
import io.ternmq.broker.route.IdentifyProcessor;
import io.ternmq.broker.send.RetrySends;
import io.ternmq.broker.send.SendBatchProcessor;
import io.ternmq.broker.send.SendChecks;
import io.ternmq.broker.send.SendConfig;
import io.ternmq.broker.send.SendMessageProcessor;
import io.ternmq.broker.send.SendService;
import io.ternmq.broker.send.SendStamp;
import io.ternmq.broker.send.SendTopics;
import io.ternmq.broker.session.ConsumerConnectionsProcessor;
import io.ternmq.broker.session.ConsumerListProcessor;
import io.ternmq.broker.session.HeartbeatProcessor;
import io.ternmq.broker.session.HeartbeatService;
import io.ternmq.broker.session.LockQueuesProcessor;
import io.ternmq.broker.session.ProducerConnectionsProcessor;
import io.ternmq.broker.session.UnlockQueuesProcessor;
import io.ternmq.broker.session.UnregisterClientProcessor;
import io.ternmq.broker.store.MessageStore;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.topic.AllTopicsProcessor;
import io.ternmq.broker.topic.DeleteTopicProcessor;
import io.ternmq.broker.topic.TopicConfigProcessor;
import io.ternmq.broker.topic.UpdateTopicProcessor;
import io.ternmq.common.message.UniqueIds;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import io.ternmq.remoting.protocol.config.ConfigRpcs;
import io.ternmq.remoting.protocol.group.GroupRpcs;
import io.ternmq.remoting.protocol.offset.OffsetRpcs;
import io.ternmq.remoting.protocol.pull.PullRpcs;
import io.ternmq.remoting.protocol.query.QueryRpcs;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import io.ternmq.remoting.protocol.send.SendRpcs;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.protocol.stats.StatsRpcs;
import io.ternmq.remoting.protocol.topic.TopicRpcs;
import io.ternmq.remoting.server.Lane;
import io.ternmq.remoting.server.RequestRouter;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Which processor serves which request of a broker, and on which threads. Part of the composition root. */
final class BrokerRoutes {
    private final Rooms rooms;
    private final Lane inPlace = Lane.inPlace();
    private final Lane admin;
    private final Lane readers;
    private final FilterCompiler filters;
    private final RequestRouter.Builder routes = RequestRouter.builder();

    private BrokerRoutes(Rooms rooms) {
        this.rooms = rooms;
        this.admin = new Lane("admin", rooms.admin());
        this.readers = new Lane("store-reader", rooms.readers());
        this.filters = new FilterCompiler(() -> rooms.settings().current().filters());
    }

    static RequestRouter over(Rooms rooms) {
        BrokerRoutes routes = new BrokerRoutes(rooms);
        routes.send();
        routes.pull();
        routes.queries();
        routes.sessions();
        routes.members();
        routes.topics();
        routes.groups();
        routes.server();
        return routes.routes.build();
    }

    private void send() {
        BrokerConfig config = rooms.settings().current();
        SendConfig limits = config.send();
        UniqueIds uniqueKeys = new UniqueIds(
                rooms.storeHost().getAddress().getAddress(),
                ProcessHandle.current().pid(),
                rooms.storeHost().getPort(), // tells brokers of one process apart
                rooms.clock(),
                ZoneId.systemDefault());
        SendService service = new SendService(
                new SendTopics(rooms.topics(), rooms.groups()),
                new RetrySends(rooms.groups(), rooms.topics(), rooms.leases()::isHeld),
                new SendChecks(limits, this::brokerPermission),
                new SendStamp(config.identity().cluster(), rooms.storeHost(), limits, uniqueKeys::next),
                rooms.store(),
                rooms.sendsOnce(),
                rooms.traffic());
        routes.on(SendRpcs.SEND_MESSAGE, inPlace, new SendMessageProcessor(SendRpcs.SEND_MESSAGE, service, limits))
                .on(
                        SendRpcs.SEND_MESSAGE_V2,
                        inPlace,
                        new SendMessageProcessor(SendRpcs.SEND_MESSAGE_V2, service, limits))
                .on(SendRpcs.SEND_BATCH_MESSAGE, inPlace, new SendBatchProcessor(service, limits))
                .on(
                        SendRpcs.CONSUMER_SEND_MSG_BACK,
                        readers,
                        new SendBackProcessor(new SendBackService(
                                rooms.groups(), rooms.topics(), rooms.store(), this::brokerPermission)));
    }

    private void pull() {
        PullService service = new PullService(
                new PullAdmission(rooms.topics(), rooms.sessions(), filters, this::brokerPermission),
                rooms.groups(),
                rooms.offsets(),
                new PullReads(rooms.store(), rooms.readers()),
                rooms.parked(),
                () -> rooms.settings().current().pull(),
                rooms.clock());
        PullMessageProcessor pulls = new PullMessageProcessor(
                service,
                new BrokerHints(
                        rooms.groups(), () -> rooms.settings().current().pull().isReplicaSuggested()),
                rooms.traffic(),
                () -> rooms.settings().current().pull().isLitePullAllowed());
        routes.on(PullRpcs.PULL_MESSAGE, inPlace, pulls)
                .on(PullRpcs.LITE_PULL_MESSAGE, inPlace, pulls)
                .on(SessionRpcs.CHECK_CLIENT_CONFIG, inPlace, new CheckSubscriptionProcessor(filters));
    }

    private void queries() {
        MessageStore store = rooms.store();
        routes.on(
                        OffsetRpcs.QUERY_CONSUMER_OFFSET,
                        inPlace,
                        new CommittedOffsetProcessor(rooms.offsets(), this::isYoung))
                .on(
                        OffsetRpcs.UPDATE_CONSUMER_OFFSET,
                        inPlace,
                        new CommitOffsetProcessor(
                                rooms.offsets(),
                                group -> rooms.groups().find(group).isPresent(),
                                topic -> rooms.topics().find(topic).isPresent()))
                .on(OffsetRpcs.GET_MAX_OFFSET, inPlace, QueueOffsetsProcessor.ofNext(store))
                .on(OffsetRpcs.GET_MIN_OFFSET, inPlace, QueueOffsetsProcessor.ofFirst(store))
                .on(OffsetRpcs.SEARCH_OFFSET_BY_TIMESTAMP, readers, new OffsetByTimeProcessor(store))
                .on(OffsetRpcs.GET_EARLIEST_MSG_STORETIME, readers, new EarliestStoreTimeProcessor(store))
                .on(
                        QueryRpcs.QUERY_MESSAGE,
                        readers,
                        new QueryByKeyProcessor(
                                store, rooms.settings().current().query()))
                .on(QueryRpcs.VIEW_MESSAGE_BY_ID, readers, new ViewByPositionProcessor(store));
    }

    private void sessions() {
        HeartbeatService heartbeats = new HeartbeatService(
                rooms.sessions(),
                rooms.groups(),
                new GroupRetryTopics(rooms.topics()),
                this::problemOf,
                rooms.settings().current().sessions());
        routes.on(SessionRpcs.HEART_BEAT, inPlace, new HeartbeatProcessor(heartbeats))
                .on(SessionRpcs.UNREGISTER_CLIENT, inPlace, new UnregisterClientProcessor(rooms.sessions()))
                .on(SessionRpcs.GET_CONSUMER_LIST_BY_GROUP, inPlace, new ConsumerListProcessor(rooms.sessions()))
                .on(SessionRpcs.GET_CONSUMER_CONNECTION_LIST, admin, new ConsumerConnectionsProcessor(rooms.sessions()))
                .on(SessionRpcs.GET_PRODUCER_CONNECTION_LIST, admin, new ProducerConnectionsProcessor(rooms.sessions()))
                .on(SessionRpcs.LOCK_BATCH_MQ, inPlace, new LockQueuesProcessor(rooms.leases()))
                .on(SessionRpcs.UNLOCK_BATCH_MQ, inPlace, new UnlockQueuesProcessor(rooms.leases()));
    }

    private void members() {
        MemberCalls members = new MemberCalls(rooms.sessions());
        OffsetResets resets = new OffsetResets(
                rooms.topics(),
                rooms.groups(),
                rooms.offsets(),
                rooms.sessions(),
                new ResetTargets(rooms.store(), rooms.offsets()),
                new ResetMode(() -> rooms.settings().current().resets().isByServer(), rooms.parked()::wake),
                rooms.settings().current().identity().name());
        routes.on(SessionRpcs.GET_CONSUMER_RUNNING_INFO, admin, new RunningInfoProcessor(members))
                .on(SessionRpcs.CONSUME_MESSAGE_DIRECTLY, readers, new ConsumeDirectlyProcessor(members, rooms.store()))
                .on(SessionRpcs.INVOKE_BROKER_TO_GET_CONSUMER_STATUS, admin, new ConsumerStatusProcessor(members))
                .on(OffsetRpcs.INVOKE_BROKER_TO_RESET_OFFSET, readers, new ResetOffsetsProcessor(resets))
                .on(
                        OffsetRpcs.CLONE_GROUP_OFFSET,
                        admin,
                        new CloneOffsetsProcessor(rooms.topics(), rooms.offsets(), rooms.sessions()));
    }

    private void topics() {
        String brokerName = rooms.settings().current().identity().name();
        routes.on(TopicRpcs.UPDATE_AND_CREATE_TOPIC, inPlace, new UpdateTopicProcessor(rooms.topics()))
                .on(TopicRpcs.DELETE_TOPIC_IN_BROKER, inPlace, new DeleteTopicProcessor(rooms.topics()))
                .on(TopicRpcs.GET_TOPIC_CONFIG, inPlace, new TopicConfigProcessor(rooms.topics()))
                .on(TopicRpcs.GET_ALL_TOPIC_CONFIG, admin, new AllTopicsProcessor(rooms.topics()))
                .on(
                        StatsRpcs.GET_TOPIC_STATS_INFO,
                        readers,
                        new TopicStatsProcessor(
                                rooms.topics(), rooms.store(), rooms.traffic().putsByTopic(), brokerName))
                .on(
                        StatsRpcs.QUERY_TOPIC_CONSUME_BY_WHO,
                        admin,
                        new WhoConsumesProcessor(rooms.sessions(), rooms.offsets()));
    }

    private void groups() {
        String brokerName = rooms.settings().current().identity().name();
        routes.on(GroupRpcs.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP, inPlace, new UpdateGroupProcessor(rooms.groups()))
                .on(
                        GroupRpcs.DELETE_SUBSCRIPTIONGROUP,
                        inPlace,
                        new DeleteGroupProcessor(rooms.groups(), rooms.offsets()::removeGroup))
                .on(GroupRpcs.GET_SUBSCRIPTIONGROUP_CONFIG, inPlace, new GroupConfigProcessor(rooms.groups()))
                .on(GroupRpcs.GET_ALL_SUBSCRIPTIONGROUP_CONFIG, admin, new AllGroupsProcessor(rooms.groups()))
                .on(
                        StatsRpcs.GET_CONSUME_STATS,
                        readers,
                        new ConsumeStatsProcessor(
                                rooms.topics(),
                                rooms.offsets(),
                                rooms.store(),
                                rooms.traffic().gotByGroup(),
                                brokerName))
                .on(
                        StatsRpcs.QUERY_CONSUME_TIME_SPAN,
                        readers,
                        new TimeSpanProcessor(
                                rooms.topics(), rooms.offsets(), rooms.store(), rooms.clock(), brokerName));
    }

    private void server() {
        RuntimeInfo info = new RuntimeInfo(
                rooms.store(),
                rooms.traffic(),
                rooms.readers()::waiting,
                rooms.admin()::waiting,
                counts(),
                () -> rooms.delivery().progress(rooms.store()),
                rooms.clock());
        routes.on(RouteRpcs.IDENTIFY_BROKER, inPlace, new IdentifyProcessor(rooms.instance()));
        routes.on(ConfigRpcs.UPDATE_BROKER_CONFIG, admin, new UpdateConfigProcessor(rooms.settings()))
                .on(ConfigRpcs.GET_BROKER_CONFIG, admin, new GetConfigProcessor(rooms.settings()))
                .on(StatsRpcs.GET_BROKER_RUNTIME_INFO, admin, new RuntimeInfoProcessor(info));
    }

    private Map<String, LongSupplier> counts() {
        return Map.of(
                "repeatedSendsJoined", rooms.sendsOnce()::joined, // repeats of a send that were not stored again
                "repeatedSendsAnswered", rooms.sendsOnce()::answered,
                "consumerOffsetsLowered", rooms.offsets()::lowered,
                "subscriptionConflicts", rooms.sessions().conflicts()::found,
                "subscriptionConflictsRefused", rooms.sessions().conflicts()::refused);
    }

    private Optional<String> problemOf(SubscriptionData subscription) {
        if (subscription.isTagType()) {
            return Optional.empty(); // clients take tags apart themselves, and there are many of them
        }
        return filters.compile(subscription.expressionType(), subscription.expression())
                .fold(
                        compiled -> Optional.empty(),
                        refused -> refused.reason() == FilterOutcome.Refusal.MALFORMED
                                ? Optional.of(refused.detail())
                                : Optional.empty());
    }

    private int brokerPermission() {
        return rooms.settings().current().topics().permission();
    }

    private boolean isYoung(String topic, int queueId) {
        TopicQueue queue = new TopicQueue(topic, queueId);
        return rooms.store().range(queue).minOffset() <= 0 && rooms.store().isHot(queue, 0);
    }
}
