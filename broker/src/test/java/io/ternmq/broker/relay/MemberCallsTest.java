package io.ternmq.broker.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.session.Client;
import io.ternmq.broker.session.ClientSessions;
import io.ternmq.broker.session.FakeConnection;
import io.ternmq.broker.session.SessionConfig;
import io.ternmq.broker.store.FakeStore;
import io.ternmq.common.config.Settings;
import io.ternmq.common.message.MessageId;
import io.ternmq.common.message.MessageQueue;
import io.ternmq.common.time.FakeClock;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.LanguageCode;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.protocol.RemotingSendRequestException;
import io.ternmq.remoting.protocol.RemotingTimeoutException;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.body.SubscriptionData;
import io.ternmq.remoting.protocol.session.ConsumeDirectlyRequest;
import io.ternmq.remoting.protocol.session.ConsumeType;
import io.ternmq.remoting.protocol.session.ConsumerMembership;
import io.ternmq.remoting.protocol.session.ConsumerPositions;
import io.ternmq.remoting.protocol.session.ConsumerPositionsRequest;
import io.ternmq.remoting.protocol.session.GroupModel;
import io.ternmq.remoting.protocol.session.Heartbeat;
import io.ternmq.remoting.protocol.session.RunningInfoRequest;
import io.ternmq.remoting.protocol.session.SessionRpcs;
import io.ternmq.remoting.protocol.session.StartFrom;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.RequestProcessor;
import io.ternmq.remoting.server.Response;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class MemberCallsTest {
    private static final MessageQueue QUEUE = new MessageQueue("T", "broker-a", 0);
    private static final String SAID = "{\"properties\":{},\"newInSix\":1}";

    private final ClientSessions sessions =
            new ClientSessions(SessionConfig.from(Settings.empty()), new FakeClock(), group -> {});
    private final MemberCalls members = new MemberCalls(sessions);
    private final FakeConnection one = member("a", 1);
    private final FakeConnection two = member("b", 2);

    /** Holds one record, at 100. */
    private final FakeStore store = new FakeStore() {
        @Override
        public <T> Optional<T> readRecord(long position, Function<ByteBuffer, T> reader) {
            return position == 100
                    ? Optional.of(reader.apply(ByteBuffer.wrap(new byte[] {1, 2, 3})))
                    : Optional.empty();
        }
    };

    @Test
    void answerOfAMemberIsGivenOnAsItIs() {
        one.answer(question -> CompletableFuture.completedFuture(reply(ResponseCode.SUCCESS, SAID)));

        Response response = ask(
                new RunningInfoProcessor(members),
                SessionRpcs.GET_CONSUMER_RUNNING_INFO,
                new RunningInfoRequest("G", "a", true));

        assertThat(response.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(new String(response.payload().body().toBytes(), StandardCharsets.UTF_8))
                .isEqualTo(SAID);
        assertThat(one.sent()).containsExactly(new RunningInfoRequest("G", "a", true));
        assertThat(two.sent()).isEmpty();
    }

    @Test
    void memberThatIsNotThereOrDoesNotAnswerIsSaidTo() {
        assertThat(running("nobody").code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(running("nobody").remark().orElseThrow()).contains("<nobody> not online");

        one.answer(question -> CompletableFuture.failedFuture(new RemotingTimeoutException("10 s are over")));
        assertThat(running("a").code()).isEqualTo(ResponseCode.CONSUME_MSG_TIMEOUT);

        one.answer(question -> CompletableFuture.failedFuture(new RemotingSendRequestException("closed")));
        assertThat(running("a").code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(running("a").remark().orElseThrow()).contains("closed");
    }

    @Test
    void messageGoesToTheMemberAsItIsStored() {
        one.answer(question ->
                CompletableFuture.completedFuture(reply(ResponseCode.SUCCESS, "{\"consumeResult\":\"CR_SUCCESS\"}")));
        String id = MessageId.format(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911), 100);

        Response response = direct(Optional.of("a"), id);

        assertThat(response.code()).isEqualTo(ResponseCode.SUCCESS);
        assertThat(one.sent())
                .containsExactly(new ConsumeDirectlyRequest(
                        "G",
                        Optional.of("a"),
                        Optional.of(id),
                        Optional.of("broker-a"),
                        Optional.of("T"),
                        ByteBuffer.wrap(new byte[] {1, 2, 3})));
    }

    @Test
    void messageThatIsNotHereIsSaidTo() {
        String elsewhere = MessageId.format(new InetSocketAddress(InetAddress.getLoopbackAddress(), 10911), 7);

        assertThat(direct(Optional.of("a"), elsewhere).remark().orElseThrow()).contains(elsewhere);
        assertThat(direct(Optional.of("a"), "no id").code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
        assertThat(direct(Optional.of("nobody"), elsewhere).remark().orElseThrow())
                .contains("not online");
        assertThat(one.sent()).isEmpty();
    }

    @Test
    void allMembersAreAskedHowFarTheyAreAndWhoCannotSayIsLeftOut() {
        one.answer(question -> CompletableFuture.completedFuture(positions(Map.of(QUEUE, 5L))));
        two.answer(question -> CompletableFuture.failedFuture(new RemotingTimeoutException("10 s are over")));

        Response response = status(Optional.empty());

        assertThat(decoded(response)).isEqualTo(Map.of("a", Map.of(QUEUE, 5L)));
        assertThat(one.sent()).containsExactly(new ConsumerPositionsRequest("T", "G", Optional.empty()));
    }

    @Test
    void oneMemberIsAskedWhereItIsNamed() {
        two.answer(question -> CompletableFuture.completedFuture(positions(Map.of(QUEUE, 7L))));

        assertThat(decoded(status(Optional.of("b")))).isEqualTo(Map.of("b", Map.of(QUEUE, 7L)));
        assertThat(one.sent()).isEmpty();
        assertThat(status(Optional.of("a")).code()).isEqualTo(ResponseCode.SYSTEM_ERROR); // nobody answers for it
        assertThat(status(Optional.of("nobody")).remark().orElseThrow()).contains("No Any Consumer online");
    }

    @Test
    void groupTooLargeToBeAskedAtOnceMustBeNarrowed() {
        for (int port = 10; port < 1033; port++) {
            member("c" + port, port);
        }

        assertThat(status(Optional.empty()).remark().orElseThrow()).contains("1025 members", "at most 1024");
    }

    private FakeConnection member(String id, int port) {
        FakeConnection connection = new FakeConnection(port);
        ConsumerMembership membership = new ConsumerMembership(
                "G",
                ConsumeType.CONSUME_PASSIVELY,
                GroupModel.CLUSTERING,
                StartFrom.CONSUME_FROM_LAST_OFFSET,
                List.of(SubscriptionData.ofTags("T", "*", 1)),
                false);
        sessions.heard(
                new Client(id, "JAVA", 479, connection), new Heartbeat(id, List.of(), List.of(membership), 0, false));
        return connection;
    }

    private Response running(String clientId) {
        return ask(
                new RunningInfoProcessor(members),
                SessionRpcs.GET_CONSUMER_RUNNING_INFO,
                new RunningInfoRequest("G", clientId, false));
    }

    private Response direct(Optional<String> clientId, String id) {
        return ask(
                new ConsumeDirectlyProcessor(members, store),
                SessionRpcs.CONSUME_MESSAGE_DIRECTLY,
                new ConsumeDirectlyRequest(
                        "G",
                        clientId,
                        Optional.of(id),
                        Optional.of("broker-a"),
                        Optional.of("T"),
                        ByteBuffer.allocate(0)));
    }

    private Response status(Optional<String> clientId) {
        return ask(
                new ConsumerStatusProcessor(members),
                SessionRpcs.INVOKE_BROKER_TO_GET_CONSUMER_STATUS,
                new ConsumerPositionsRequest("T", "G", clientId));
    }

    private static Map<String, Map<MessageQueue, Long>> decoded(Response response) {
        return SessionRpcs.INVOKE_BROKER_TO_GET_CONSUMER_STATUS
                .response()
                .decode(
                        HeaderFields.empty(),
                        ByteBuffer.wrap(response.payload().body().toBytes()))
                .byClient();
    }

    private static Reply positions(Map<MessageQueue, Long> offsets) {
        Payload payload = SessionRpcs.GET_CONSUMER_STATUS_FROM_CLIENT.response().encode(new ConsumerPositions(offsets));
        return new Reply(
                ResponseCode.SUCCESS,
                479,
                Optional.empty(),
                HeaderFields.empty(),
                ByteBuffer.wrap(payload.body().toBytes()));
    }

    private static Reply reply(int code, String body) {
        return new Reply(
                code,
                479,
                Optional.empty(),
                HeaderFields.empty(),
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static <Q> Response ask(RequestProcessor processor, Rpc<Q, ?> rpc, Q question) {
        Payload payload = rpc.request().encode(question);
        Request request = new Request(
                rpc.code(),
                479,
                LanguageCode.JAVA,
                false,
                payload.fields(),
                ByteBuffer.wrap(payload.body().toBytes()),
                new FakeConnection(9));
        return processor.process(request).toCompletableFuture().join();
    }
}
