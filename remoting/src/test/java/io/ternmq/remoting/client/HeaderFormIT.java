package io.ternmq.remoting.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.HeaderFields;
import io.ternmq.remoting.frame.LanguageCode;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.frame.RemotingCommand;
import io.ternmq.remoting.frame.Serialization;
import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.PayloadCodec;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.server.RequestRouter;
import io.ternmq.remoting.testing.NoLeaks;
import io.ternmq.remoting.testing.RawPeer;
import io.ternmq.remoting.testing.TestRpcs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** In which form the headers of frequent requests go out: binary only where the peer is known to read it. */
@ExtendWith(NoLeaks.class)
final class HeaderFormIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BEFORE_BINARY = 137; // 3.5.8
    private static final Rpc<String, Nothing> FREQUENT = new Rpc<String, Nothing>(
                    30_003,
                    "FREQUENT",
                    PayloadCodec.header(
                            text -> HeaderFields.builder().put("text", text).build(), fields -> fields.text("text")),
                    PayloadCodec.nothing())
            .frequent();

    private final RemotingClient client = new RemotingClient(ClientConfig.defaults(), RequestRouter.none());
    private ServerSocket listener;
    private String address;
    private RawPeer peer;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        address = "127.0.0.1:" + listener.getLocalPort();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        peer.close();
        listener.close();
    }

    @Test
    void peerInJavaIsAskedInTheBinaryFormOnceItHasAnswered() throws Exception {
        RemotingCommand first = ask(FREQUENT, "a", LanguageCode.JAVA, RemotingCommand.OWN_VERSION);
        RemotingCommand second = ask(FREQUENT, "b", LanguageCode.JAVA, RemotingCommand.OWN_VERSION);

        assertThat(List.of(first.serialization(), second.serialization()))
                .containsExactly(Serialization.JSON, Serialization.BINARY);
        assertThat(second.fields().text("text")).isEqualTo("b");
        assertThat(second.opaque()).isNotEqualTo(first.opaque());
    }

    @Test
    void peersOfOtherLanguagesOrVeryOldOnesAreAskedInJson() throws Exception {
        ask(FREQUENT, "a", LanguageCode.GO, RemotingCommand.OWN_VERSION);
        RemotingCommand afterGo = ask(FREQUENT, "b", LanguageCode.JAVA, BEFORE_BINARY);
        RemotingCommand afterOld = ask(FREQUENT, "c", LanguageCode.JAVA, BEFORE_BINARY);

        assertThat(List.of(afterGo.serialization(), afterOld.serialization())).containsOnly(Serialization.JSON);
    }

    @Test
    void whatTheBinaryFormCannotTellFromNothingGoesOutInJson() throws Exception {
        ask(FREQUENT, "a", LanguageCode.JAVA, RemotingCommand.OWN_VERSION);
        RemotingCommand empty = ask(FREQUENT, "", LanguageCode.JAVA, RemotingCommand.OWN_VERSION);

        assertThat(empty.serialization()).isEqualTo(Serialization.JSON);
        assertThat(empty.fields().text("text")).isEmpty();
    }

    @Test
    void rareRequestsStayInJson() throws Exception {
        ask(TestRpcs.ECHO, "a", LanguageCode.JAVA, RemotingCommand.OWN_VERSION);
        RemotingCommand second = ask(TestRpcs.ECHO, "b", LanguageCode.JAVA, RemotingCommand.OWN_VERSION);

        assertThat(second.serialization()).isEqualTo(Serialization.JSON);
    }

    @Test
    void callsMadeTogetherAllGoOutWholeAndInOrder() throws Exception {
        ask(TestRpcs.ECHO, "a", LanguageCode.JAVA, RemotingCommand.OWN_VERSION);
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        String large = "x".repeat(100_000); // more than is gathered in one buffer
        for (int number = 0; number < 300; number++) {
            String text = number % 100 == 50 ? large : "text-" + number;
            replies.add(client.call(address, TestRpcs.ECHO, text, PATIENCE));
        }

        for (int number = 0; number < 300; number++) {
            RemotingCommand request = peer.read();
            assertThat(TestRpcs.TEXT.decode(request.fields(), request.body().joined()))
                    .isEqualTo(number % 100 == 50 ? large : "text-" + number);
            peer.answer(request, ResponseCode.SUCCESS);
        }
        for (CompletableFuture<Reply> reply : replies) {
            assertThat(reply.get().isSuccess()).isTrue();
        }
    }

    /** Has the client ask and the peer answer as somebody. Returns what the peer read. */
    private RemotingCommand ask(Rpc<String, ?> rpc, String question, LanguageCode language, int version)
            throws Exception {
        CompletableFuture<Reply> reply = client.call(address, rpc, question, PATIENCE);
        if (peer == null) {
            peer = new RawPeer(listener.accept());
        }
        RemotingCommand request = peer.read();
        peer.send(new RemotingCommand(
                Serialization.JSON,
                ResponseCode.SUCCESS,
                language,
                version,
                request.opaque(),
                RemotingCommand.ANSWER_BIT,
                Optional.empty(),
                Payload.empty().fields(),
                Body.empty()));
        reply.get();
        return request;
    }
}
