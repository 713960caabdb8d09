package io.ternmq.client.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.ternmq.client.exception.MQClientException;
import io.ternmq.common.message.Message;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.send.SendAnswer;
import io.ternmq.remoting.protocol.send.SendRequest;
import io.ternmq.remoting.protocol.send.SendRpcs;
import io.ternmq.remoting.server.Request;
import io.ternmq.remoting.server.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Single messages that travel together, over real sockets. */
class AutoBatchIT {
    private static final int AMPLE_MILLIS = 60_000;

    private final List<List<String>> requests = new CopyOnWriteArrayList<>(); // the bodies in each, in order
    private ScriptedServers servers;
    private DefaultMQProducer producer;

    @BeforeEach
    void startServers() throws IOException {
        servers = new ScriptedServers();
        producer = new DefaultMQProducer("G", List.of("T"));
        producer.setNamesrvAddr(servers.namesrvAddr());
        producer.setSendMsgTimeout(AMPLE_MILLIS);
        producer.setAutoBatch(true);
        producer.batchMaxDelayMs(AMPLE_MILLIS); // what leaves, leaves for another reason
    }

    @AfterEach
    void closeAll() {
        producer.shutdown();
        servers.close();
    }

    @Test
    void messagesLeaveTogetherAtTheirBytesAndEachIsToldItsOwnResult() throws Exception {
        servers.broker("a", request -> stored(request).now());
        producer.batchMaxBytes(10);
        producer.start();

        List<CompletableFuture<SendResult>> sent =
                IntStream.range(0, 10).mapToObj(number -> send(number)).toList();
        List<SendResult> results = results(sent);

        assertThat(requests).containsExactly(bodies(0, 10));
        assertThat(results).extracting(SendResult::getQueueOffset).containsExactlyElementsOf(offsets(10));
        assertThat(results).extracting(SendResult::getMsgId).doesNotHaveDuplicates();
        assertThat(results).extracting(SendResult::getOffsetMsgId).doesNotHaveDuplicates();
        assertThat(results).allSatisfy(result -> assertThat(result.getMsgId()).doesNotContain(","));
    }

    @Test
    void loneMessageLeavesWhenItHasWaitedLongEnough() throws Exception {
        servers.broker("a", request -> stored(request).now());
        producer.batchMaxDelayMs(5);
        producer.start();

        SendResult result = producer.send(new Message("T", new byte[] {'0'}));

        assertThat(result.getSendStatus()).isEqualTo(SendStatus.SEND_OK);
        assertThat(requests).containsExactly(List.of("0"));
    }

    @Test
    void messageWithLittleTimeLeavesWhenHalfOfItIsOver() throws Exception {
        servers.broker("a", request -> stored(request).now());
        producer.start();

        SendResult result = producer.send(new Message("T", new byte[] {'0'}), 2_000);

        assertThat(result.getSendStatus()).isEqualTo(SendStatus.SEND_OK);
    }

    @Test
    void messagesForOneQueueKeepTheirOrderWhileTheFirstBatchIsUnderWay() throws Exception {
        CompletableFuture<Void> release = new CompletableFuture<>();
        servers.broker("a", request -> {
            Response stored = stored(request);
            return release.thenApply(done -> stored);
        });
        producer.batchMaxBytes(1);
        producer.start();
        List<CompletableFuture<SendResult>> sent = new ArrayList<>();
        for (int number = 0; number < 10; number++) {
            Message message = new Message("T", Integer.toString(number).getBytes(StandardCharsets.UTF_8));
            sent.add(producer.sendAsync(message, (queues, ignored, key) -> queues.get(0), "key"));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> requests.size() == 1);
        int whileTheFirstIsUnderWay = requests.size();

        release.complete(null);
        results(sent);

        assertThat(whileTheFirstIsUnderWay).isEqualTo(1);
        assertThat(requests.stream().flatMap(List::stream)).containsExactlyElementsOf(bodies(0, 10));
    }

    @Test
    void messageThatCannotBeSentFailsAloneAndOthersTravelWithoutIt() throws Exception {
        servers.broker("a", request -> stored(request).now());
        producer.batchMaxBytes(2);
        producer.start();
        CompletableFuture<SendResult> first = send(0);

        assertThatExceptionOfType(MQClientException.class)
                .isThrownBy(() -> producer.send(new Message("T", new byte[0])));
        CompletableFuture<SendResult> second = send(1);

        assertThat(results(List.of(first, second))).hasSize(2);
        assertThat(requests).containsExactly(List.of("0", "1"));
    }

    @Test
    void delayedMessageTravelsAlone() throws Exception {
        servers.broker("a", request -> stored(request).now());
        producer.start();
        Message delayed = new Message("T", new byte[] {'0'});
        delayed.setDelayTimeLevel(1);

        producer.send(delayed);

        assertThat(requests).containsExactly(List.of("0"));
    }

    @Test
    void refusalOfABatchIsToldToEachOfItsSenders() throws Exception {
        servers.broker(
                "a",
                request ->
                        Response.refused(ResponseCode.MESSAGE_ILLEGAL, "never").now());
        producer.batchMaxBytes(2);
        producer.start();

        List<CompletableFuture<SendResult>> sent = List.of(send(0), send(1));

        assertThat(sent)
                .allSatisfy(each -> assertThat(each)
                        .failsWithin(Duration.ofSeconds(30))
                        .withThrowableThat()
                        .withMessageContaining("never"));
    }

    @Test
    void whatWasGatheredLeavesWhenTheProducerEnds() throws Exception {
        servers.broker("a", request -> stored(request).now());
        producer.start();
        CompletableFuture<SendResult> sent = send(0);

        producer.shutdown();

        assertThat(sent.get(30, TimeUnit.SECONDS).getSendStatus()).isEqualTo(SendStatus.SEND_OK);
    }

    private CompletableFuture<SendResult> send(int number) {
        return producer.sendAsync(new Message("T", Integer.toString(number).getBytes(StandardCharsets.UTF_8)));
    }

    private static List<SendResult> results(List<CompletableFuture<SendResult>> sent) throws Exception {
        List<SendResult> results = new ArrayList<>();
        for (CompletableFuture<SendResult> each : sent) {
            results.add(each.get(30, TimeUnit.SECONDS));
        }
        return results;
    }

    private static List<String> bodies(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private static List<Long> offsets(int count) {
        return IntStream.range(0, count).mapToObj(number -> (long) number).toList();
    }

    private Response stored(Request request) {
        SendRequest sent = request.decode(SendRpcs.SEND_BATCH_MESSAGE);
        List<String> bodies = sent.isBatch() ? bodiesOf(sent.body()) : List.of(text(sent.body()));
        requests.add(bodies);
        String ids = bodies.stream().map(body -> "offsetId" + body).collect(Collectors.joining(","));
        return Response.success(
                SendRpcs.SEND_BATCH_MESSAGE, SendAnswer.stored(ids, sent.queueId(), 0, "tx", "region", true));
    }

    private static List<String> bodiesOf(ByteBuffer batch) {
        List<String> bodies = new ArrayList<>();
        while (batch.hasRemaining()) {
            ByteBuffer entry = batch.slice(batch.position(), batch.getInt(batch.position()));
            bodies.add(text(entry.slice(20, entry.getInt(16))));
            batch.position(batch.position() + entry.capacity());
        }
        return bodies;
    }

    private static String text(ByteBuffer body) {
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
