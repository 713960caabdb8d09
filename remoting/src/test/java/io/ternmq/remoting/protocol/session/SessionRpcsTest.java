package io.ternmq.remoting.protocol.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.common.message.MessageQueue;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.ProtocolException;
import io.ternmq.remoting.protocol.Golden;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionRpcsTest {
    private static final MessageQueue QUEUE = new MessageQueue("TopicTest", "broker-a", 0);
    private static final SubscriptionData SUBSCRIPTION =
            SubscriptionData.ofTags("TopicTest", "TagA || TagB", 1_700_000_000_000L);
    private static final String SUBSCRIPTION_TEXT =
            "{\"classFilterMode\":false,\"codeSet\":[2598919,2598920],\"expressionType\":\"TAG\","
                    + "\"subString\":\"TagA || TagB\",\"subVersion\":1700000000000,\"tagsSet\":[\"TagA\",\"TagB\"],"
                    + "\"topic\":\"TopicTest\"}";
    private static final ClientConnection CONNECTION = new ClientConnection("cid", "10.0.0.9:5555", "JAVA", 479);

    @Test
    void heartbeatsSayAllThatAClientIs() {
        Golden.assertBothWays(
                SessionRpcs.HEART_BEAT.request(),
                new Heartbeat(
                        "10.0.0.9@1234#5",
                        List.of("PG"),
                        List.of(new ConsumerMembership(
                                "CG",
                                ConsumeType.CONSUME_PASSIVELY,
                                GroupModel.CLUSTERING,
                                StartFrom.CONSUME_FROM_LAST_OFFSET,
                                List.of(SUBSCRIPTION),
                                false)),
                        0,
                        false),
                "{}",
                "{\"clientID\":\"10.0.0.9@1234#5\",\"consumerDataSet\":[{\"consumeFromWhere\":\"CONSUME_FROM_LAST_OFFSET\","
                        + "\"consumeType\":\"CONSUME_PASSIVELY\",\"groupName\":\"CG\",\"messageModel\":\"CLUSTERING\","
                        + "\"subscriptionDataSet\":[" + SUBSCRIPTION_TEXT + "],\"unitMode\":false}],"
                        + "\"heartbeatFingerprint\":0,\"producerDataSet\":[{\"groupName\":\"PG\"}],\"withoutSub\":false}");
    }

    @Test
    void consumerIsToldWhereToGoOnAsATableOrAsAList() {
        ResetOffsetsRequest reset = new ResetOffsetsRequest("TopicTest", "CG", 7, true, Map.of(QUEUE, 5L));
        HeaderFields fields =
                SessionRpcs.RESET_CONSUMER_CLIENT_OFFSET.request().encode(reset).fields();

        Golden.assertBothWays(
                SessionRpcs.RESET_CONSUMER_CLIENT_OFFSET.request(),
                reset,
                "{\"topic\":\"TopicTest\",\"group\":\"CG\",\"timestamp\":\"7\",\"isForce\":\"true\"}",
                "{\"offsetTable\":{{\"brokerName\":\"broker-a\",\"queueId\":0,\"topic\":\"TopicTest\"}:5}}");
        assertThat(SessionRpcs.RESET_CONSUMER_CLIENT_OFFSET
                        .request()
                        .decode(
                                fields,
                                Golden.bytes("{\"offsetTable\":[{\"brokerName\":\"broker-a\",\"offset\":5,"
                                        + "\"queueId\":0,\"topic\":\"TopicTest\"}]}")))
                .isEqualTo(reset);
        Golden.assertEncoded(
                SessionRpcs.RESET_CONSUMER_CLIENT_OFFSET
                        .request()
                        .encode(new ResetOffsetsRequest("TopicTest", "CG", 7, true, Map.of(QUEUE, 5L), true)),
                "{\"topic\":\"TopicTest\",\"group\":\"CG\",\"timestamp\":\"7\",\"isForce\":\"true\"}",
                "{\"offsetTable\":[{\"brokerName\":\"broker-a\",\"queueId\":0,\"topic\":\"TopicTest\","
                        + "\"offset\":5}]}");
    }

    @Test
    void brokerSaysHowFarTheMembersOfAGroupAre() {
        Golden.assertBothWays(
                SessionRpcs.INVOKE_BROKER_TO_GET_CONSUMER_STATUS.response(),
                new GroupPositions(Map.of("cid", Map.of(QUEUE, 5L))),
                "{}",
                "{\"consumerTable\":{\"cid\":{{\"brokerName\":\"broker-a\",\"queueId\":0,"
                        + "\"topic\":\"TopicTest\"}:5}},\"messageQueueTable\":{}}");
    }

    @Test
    void consumerSaysHowFarItIs() {
        Golden.assertBothWays(
                SessionRpcs.GET_CONSUMER_STATUS_FROM_CLIENT.response(),
                new ConsumerPositions(Map.of(QUEUE, 5L)),
                "{}",
                "{\"consumerTable\":{},\"messageQueueTable\":"
                        + "{{\"brokerName\":\"broker-a\",\"queueId\":0,\"topic\":\"TopicTest\"}:5}}");
        Golden.assertBothWays(
                SessionRpcs.GET_CONSUMER_STATUS_FROM_CLIENT.request(),
                new ConsumerPositionsRequest("TopicTest", "CG", Optional.of("cid")),
                "{\"topic\":\"TopicTest\",\"group\":\"CG\",\"clientAddr\":\"cid\"}",
                "");
    }

    @Test
    void oldHeartbeatsLeaveOutWhatTheyDoNotKnow() {
        Heartbeat heartbeat = SessionRpcs.HEART_BEAT
                .request()
                .decode(
                        HeaderFields.empty(),
                        Golden.bytes("{\"clientID\":\"c\",\"consumerDataSet\":[{\"groupName\":\"g\",\"messageModel\":1,"
                                + "\"consumeFromWhere\":4}]}"));

        assertThat(heartbeat.fingerprint()).isZero();
        assertThat(heartbeat.producerGroups()).isEmpty();
        assertThat(heartbeat.consumers().get(0).model()).isEqualTo(GroupModel.CLUSTERING);
        assertThat(heartbeat.consumers().get(0).startFrom()).isEqualTo(StartFrom.CONSUME_FROM_FIRST_OFFSET);
    }

    @Test
    void heartbeatsThatCannotBeReadAreRefused() {
        for (String body : List.of(
                "",
                "[]",
                "{}",
                "{\"clientID\":{}}",
                "{\"clientID\":\"c\",\"consumerDataSet\":[1]}",
                "{\"clientID\":\"c\",\"consumerDataSet\":[{\"groupName\":\"g\",\"consumeType\":\"x\"}]}")) {
            assertThatThrownBy(() -> SessionRpcs.HEART_BEAT.request().decode(HeaderFields.empty(), Golden.bytes(body)))
                    .as(body)
                    .isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void theAnswerToAHeartbeatIsInItsFields() {
        Golden.assertBothWays(
                SessionRpcs.HEART_BEAT.response(),
                new HeartbeatAnswer(true, true),
                "{\"IS_SUPPORT_HEART_BEAT_V2\":\"true\",\"IS_SUB_CHANGE\":\"true\"}",
                "");
    }

    @Test
    void clientsLeaveGroups() {
        Golden.assertBothWays(
                SessionRpcs.UNREGISTER_CLIENT.request(),
                new UnregisterClientRequest("cid", Optional.empty(), Optional.of("CG")),
                "{\"clientID\":\"cid\",\"consumerGroup\":\"CG\"}",
                "");
    }

    @Test
    void groupsAreListed() {
        String fields = "{\"consumerGroup\":\"CG\"}";

        Golden.assertBothWays(
                SessionRpcs.GET_CONSUMER_LIST_BY_GROUP.request(), new ConsumerGroupRequest("CG"), fields, "");
        Golden.assertBothWays(
                SessionRpcs.NOTIFY_CONSUMER_IDS_CHANGED.request(), new ConsumerGroupRequest("CG"), fields, "");
        Golden.assertBothWays(
                SessionRpcs.GET_CONSUMER_LIST_BY_GROUP.response(),
                new ConsumerIds(List.of("c1", "c2")),
                "{}",
                "{\"consumerIdList\":[\"c1\",\"c2\"]}");
    }

    @Test
    void queuesAreLocked() {
        LockRequest request = new LockRequest("CG", "cid", List.of(QUEUE), false);
        String text =
                "{\"clientId\":\"cid\",\"consumerGroup\":\"CG\",\"mqSet\":[{\"brokerName\":\"broker-a\",\"queueId\":0,"
                        + "\"topic\":\"TopicTest\"}],\"onlyThisBroker\":false}";

        Golden.assertBothWays(SessionRpcs.LOCK_BATCH_MQ.request(), request, "{}", text);
        Golden.assertBothWays(SessionRpcs.UNLOCK_BATCH_MQ.request(), request, "{}", text);
        Golden.assertBothWays(
                SessionRpcs.LOCK_BATCH_MQ.response(),
                new LockAnswer(List.of(QUEUE)),
                "{}",
                "{\"lockOKMQSet\":[{\"brokerName\":\"broker-a\",\"queueId\":0,\"topic\":\"TopicTest\"}]}");
    }

    @Test
    void subscriptionsAreChecked() {
        Golden.assertBothWays(
                SessionRpcs.CHECK_CLIENT_CONFIG.request(),
                new CheckSubscriptionRequest("cid", "CG", Optional.empty(), SUBSCRIPTION),
                "{}",
                "{\"clientId\":\"cid\",\"group\":\"CG\",\"subscriptionData\":" + SUBSCRIPTION_TEXT + "}");
    }

    @Test
    void connectionsAreListed() {
        String connection =
                "{\"clientAddr\":\"10.0.0.9:5555\",\"clientId\":\"cid\",\"language\":\"JAVA\",\"version\":479}";

        Golden.assertBothWays(
                SessionRpcs.GET_PRODUCER_CONNECTION_LIST.request(),
                new ProducerGroupRequest("PG"),
                "{\"producerGroup\":\"PG\"}",
                "");
        Golden.assertBothWays(
                SessionRpcs.GET_PRODUCER_CONNECTION_LIST.response(),
                new ProducerConnections(List.of(CONNECTION)),
                "{}",
                "{\"connectionSet\":[" + connection + "]}");
        Golden.assertBothWays(
                SessionRpcs.GET_CONSUMER_CONNECTION_LIST.response(),
                new ConsumerConnections(
                        List.of(CONNECTION),
                        ConsumeType.CONSUME_PASSIVELY,
                        GroupModel.CLUSTERING,
                        StartFrom.CONSUME_FROM_LAST_OFFSET,
                        List.of(SUBSCRIPTION)),
                "{}",
                "{\"connectionSet\":[" + connection + "],\"consumeFromWhere\":\"CONSUME_FROM_LAST_OFFSET\","
                        + "\"consumeType\":\"CONSUME_PASSIVELY\",\"messageModel\":\"CLUSTERING\","
                        + "\"subscriptionTable\":{\"TopicTest\":" + SUBSCRIPTION_TEXT + "}}");
    }

    @Test
    void consumersTellHowTheyAreDoing() {
        Golden.assertBothWays(
                SessionRpcs.GET_CONSUMER_RUNNING_INFO.request(),
                new RunningInfoRequest("CG", "cid", false),
                "{\"consumerGroup\":\"CG\",\"clientId\":\"cid\",\"jstackEnable\":\"false\"}",
                "");
        Golden.assertBothWays(
                SessionRpcs.GET_CONSUMER_RUNNING_INFO.response(),
                new RunningInfo(
                        Map.of("PROP_CONSUME_TYPE", "CONSUME_PASSIVELY"),
                        List.of(SUBSCRIPTION),
                        Map.of(QUEUE, new QueueProgress(0, 0, 0, 0, 0, false, 0, 0, false, 0, 0)),
                        Map.of("TopicTest", new ConsumePace(0, 0, 0, 0, 0, 0)),
                        Map.of(),
                        Optional.empty()),
                "{}",
                "{\"mqPopTable\":{},\"mqTable\":{{\"brokerName\":\"broker-a\",\"queueId\":0,\"topic\":\"TopicTest\"}:"
                        + "{\"cachedMsgCount\":0,\"cachedMsgMaxOffset\":0,\"cachedMsgMinOffset\":0,"
                        + "\"cachedMsgSizeInMiB\":0,\"commitOffset\":0,\"droped\":false,\"lastConsumeTimestamp\":0,"
                        + "\"lastLockTimestamp\":0,\"lastPullTimestamp\":0,\"locked\":false,\"transactionMsgCount\":0,"
                        + "\"transactionMsgMaxOffset\":0,\"transactionMsgMinOffset\":0,\"tryUnlockTimes\":0}},"
                        + "\"properties\":{\"PROP_CONSUME_TYPE\":\"CONSUME_PASSIVELY\"},\"statusTable\":{\"TopicTest\":"
                        + "{\"consumeFailedMsgs\":0,\"consumeFailedTPS\":0.0,\"consumeOKTPS\":0.0,\"consumeRT\":0.0,"
                        + "\"pullRT\":0.0,\"pullTPS\":0.0}},\"subscriptionSet\":[" + SUBSCRIPTION_TEXT
                        + "],\"userConsumerInfo\":{}}");
    }

    @Test
    void oneMessageIsConsumedAtOnce() {
        Golden.assertBothWays(
                SessionRpcs.CONSUME_MESSAGE_DIRECTLY.request(),
                new ConsumeDirectlyRequest(
                        "CG",
                        Optional.of("cid"),
                        Optional.of("0A"),
                        Optional.of("broker-a"),
                        Optional.empty(),
                        Golden.bytes("record")),
                "{\"consumerGroup\":\"CG\",\"clientId\":\"cid\",\"msgId\":\"0A\",\"brokerName\":\"broker-a\"}",
                "record");
        Golden.assertBothWays(
                SessionRpcs.CONSUME_MESSAGE_DIRECTLY.response(),
                new ConsumeOutcome(true, true, ConsumeOutcome.Verdict.CR_SUCCESS, Optional.empty(), 3),
                "{}",
                "{\"autoCommit\":true,\"consumeResult\":\"CR_SUCCESS\",\"order\":true,\"spentTimeMills\":3}");
    }
}
