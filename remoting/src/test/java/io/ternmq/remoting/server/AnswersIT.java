package io.ternmq.remoting.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.frame.Frames;
import io.ternmq.remoting.frame.Payload;
import io.ternmq.remoting.frame.ProtocolException;
import io.ternmq.remoting.frame.RemotingCommand;
import io.ternmq.remoting.frame.Serialization;
import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.testing.NoLeaks;
import io.ternmq.remoting.testing.RawPeer;
import io.ternmq.remoting.testing.TestRpcs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a peer sees of its requests, over a real socket. */
@ExtendWith(NoLeaks.class)
final class AnswersIT {
    private static final int OTHER_CODE = 30_100;

    @Test
    void aRequestIsAnsweredUnderItsNumber() throws IOException {
        try (RemotingServer server = start(RequestRouter.builder());
                RawPeer peer = RawPeer.connect(server.port())) {
            peer.ask(TestRpcs.ECHO, -7, "text");
            RemotingCommand answer = peer.read();

            assertThat(answer.isAnswer()).isTrue();
            assertThat(answer.opaque()).isEqualTo(-7);
            assertThat(answer.code()).isEqualTo(ResponseCode.SUCCESS);
            assertThat(answer.version()).isEqualTo(RemotingCommand.OWN_VERSION);
            assertThat(answer.fields().int32("length")).isEqualTo(4);
            assertThat(answer.body().toBytes()).asString().isEqualTo("text");
        }
    }

    @Test
    void eachRequestIsAnsweredInItsOwnForm() throws IOException {
        try (RemotingServer server = start(RequestRouter.builder());
                RawPeer peer = RawPeer.connect(server.port())) {
            for (Serialization form : new Serialization[] {Serialization.BINARY, Serialization.JSON}) {
                RemotingCommand ask = RawPeer.request(TestRpcs.ECHO, 1, "text");
                peer.send(new RemotingCommand(
                        form, ask.code(), ask.language(), 401, 1, 0, Optional.empty(), ask.fields(), ask.body()));

                assertThat(peer.read().serialization()).isEqualTo(form);
            }
        }
    }

    @Test
    void oneWayRequestsAreNeverAnswered() throws IOException {
        RequestRouter.Builder routes = RequestRouter.builder().on(OTHER_CODE, Lane.inPlace(), request -> {
            throw new IllegalStateException("thrown by a test");
        });
        try (RemotingServer server = start(routes);
                RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(RawPeer.oneWay(TestRpcs.ECHO, 1, "a"));
            peer.send(RawPeer.oneWay(TestRpcs.NOBODY, 2, Nothing.NOTHING));
            peer.send(RemotingCommand.request(OTHER_CODE, 3, true, Payload.empty()));
            peer.ask(TestRpcs.ECHO, 4, "b");

            assertThat(peer.read().opaque()).isEqualTo(4);
        }
    }

    @Test
    void anUnknownRequestIsRefusedAndTheConnectionServesOn() throws IOException {
        try (RemotingServer server = start(RequestRouter.builder());
                RawPeer peer = RawPeer.connect(server.port())) {
            peer.ask(TestRpcs.NOBODY, 1, Nothing.NOTHING);
            RemotingCommand refusal = peer.read();

            assertThat(refusal.code()).isEqualTo(ResponseCode.REQUEST_CODE_NOT_SUPPORTED);
            assertThat(refusal.remark()).contains(" request type 30999 not supported");
            assertServes(peer);
        }
    }

    @Test
    void aMissingFieldIsAnsweredWithItsName() throws IOException {
        try (RemotingServer server = start(RequestRouter.builder());
                RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(Frames.json("{\"code\":30001,\"opaque\":1}"));
            RemotingCommand refusal = peer.read();

            assertThat(refusal.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
            assertThat(refusal.remark()).contains("Header field length is missing");
            assertServes(peer);
        }
    }

    private enum Failing {
        THROWING {
            @Override
            CompletableFuture<Response> answer() {
                throw new IllegalStateException("thrown by a test");
            }
        },
        BREAKING {
            @Override
            CompletableFuture<Response> answer() {
                throw new AssertionError("thrown by a test");
            }
        },
        FAILED {
            @Override
            CompletableFuture<Response> answer() {
                return CompletableFuture.failedFuture(new IllegalStateException("thrown by a test"));
            }
        },
        FAILING_LATER {
            @Override
            CompletableFuture<Response> answer() {
                return CompletableFuture.supplyAsync(() -> {
                    throw new IllegalStateException("thrown by a test");
                });
            }
        },
        REFUSING_LATER {
            @Override
            CompletableFuture<Response> answer() {
                return CompletableFuture.supplyAsync(() -> {
                    throw new ProtocolException("thrown by a test");
                });
            }
        },
        SILENT {
            @Override
            CompletableFuture<Response> answer() {
                return CompletableFuture.completedFuture(null);
            }
        };

        abstract CompletableFuture<Response> answer();
    }

    @ParameterizedTest
    @EnumSource
    void afterAFailureOfTheProcessorTheConnectionServesOn(Failing failing) throws IOException {
        RequestRouter.Builder routes =
                RequestRouter.builder().on(OTHER_CODE, Lane.inPlace(), request -> failing.answer());
        try (RemotingServer server = start(routes);
                RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(RemotingCommand.request(OTHER_CODE, 1, false, Payload.of(Body.of(new byte[10]))));
            RemotingCommand answer = peer.read();

            assertThat(answer.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
            assertThat(answer.remark().orElseThrow()).containsAnyOf("thrown by a test", "no answer was made");
            assertServes(peer);
        }
    }

    @Test
    void aFullLaneIsAnsweredBusy() throws IOException {
        Lane full = new Lane("full", task -> {
            throw new RejectedExecutionException("full");
        });
        RequestRouter.Builder routes = RequestRouter.builder()
                .on(OTHER_CODE, full, request -> Response.success().now());
        try (RemotingServer server = start(routes);
                RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(RemotingCommand.request(OTHER_CODE, 1, false, Payload.of(Body.of(new byte[10]))));
            RemotingCommand refusal = peer.read();

            assertThat(refusal.code()).isEqualTo(ResponseCode.SYSTEM_BUSY);
            assertThat(refusal.remark().orElseThrow()).startsWith("[OVERLOAD]").contains("full");
            assertServes(peer);
        }
    }

    @Test
    void aLaneOfOtherThreadsAnswersToo() throws IOException {
        AtomicReference<String> thread = new AtomicReference<>();
        Lane elsewhere = new Lane("elsewhere", ForkJoinPool.commonPool());
        RequestRouter.Builder routes = RequestRouter.builder().on(OTHER_CODE, elsewhere, request -> {
            thread.set(Thread.currentThread().getName());
            byte[] body = new byte[request.body().remaining()];
            request.body().get(body);
            return new Response(0, Optional.empty(), Payload.of(Body.of(body))).now();
        });
        try (RemotingServer server = start(routes);
                RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(RemotingCommand.request(OTHER_CODE, 1, false, Payload.of(Body.of(new byte[] {1, 2, 3}))));

            assertThat(peer.read().body().toBytes()).containsExactly(1, 2, 3);
            assertThat(thread.get()).doesNotStartWith("net-io");
        }
    }

    @Test
    void anInterceptorRefusesBeforeTheProcessorRuns() throws IOException {
        RequestRouter.Builder routes = RequestRouter.builder()
                .intercept(request -> request.code() == OTHER_CODE
                        ? Optional.of(Response.refused(ResponseCode.NO_PERMISSION, "not you"))
                        : Optional.empty())
                .on(OTHER_CODE, Lane.inPlace(), request -> {
                    throw new AssertionError("reached");
                });
        try (RemotingServer server = start(routes);
                RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(RemotingCommand.request(OTHER_CODE, 1, false, Payload.empty()));

            assertThat(peer.read().code()).isEqualTo(ResponseCode.NO_PERMISSION);
            assertServes(peer);
        }
    }

    @Test
    void answersMayComeInAnotherOrderThanTheirRequests() throws IOException {
        CompletableFuture<Response> held = new CompletableFuture<>();
        try (RemotingServer server = start(RequestRouter.builder().on(TestRpcs.HOLD, Lane.inPlace(), request -> held));
                RawPeer peer = RawPeer.connect(server.port())) {
            peer.ask(TestRpcs.HOLD, 1, "held");
            peer.ask(TestRpcs.ECHO, 2, "at once");
            RemotingCommand first = peer.read();
            held.complete(Response.success());
            RemotingCommand second = peer.read();

            assertThat(first.opaque()).isEqualTo(2);
            assertThat(second.opaque()).isEqualTo(1);
        }
    }

    @Test
    void aPeerOfManyRequestsGetsTheFirstAnswersWhileTheLastAreStillWorkedOn() throws IOException {
        int many = 100;
        CompletableFuture<Response> firstIsRead = new CompletableFuture<>();
        RequestRouter.Builder routes = RequestRouter.builder()
                .on(TestRpcs.HOLD, Lane.inPlace(), request -> firstIsRead.join().now());
        ByteArrayOutputStream atOnce = new ByteArrayOutputStream();
        for (int opaque = 0; opaque < many; opaque++) {
            atOnce.write(Frames.write(RawPeer.request(TestRpcs.ECHO, opaque, "text")));
        }
        atOnce.write(Frames.write(RawPeer.request(TestRpcs.HOLD, many, "holds the event loop")));
        try (RemotingServer server = start(routes);
                RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(atOnce.toByteArray());

            assertThat(readOrLetGo(peer, firstIsRead).opaque()).isZero();
            firstIsRead.complete(Response.success());
            for (int opaque = 1; opaque <= many; opaque++) {
                assertThat(peer.read().opaque()).isEqualTo(opaque);
            }
        }
    }

    @Test
    void aPeerGetsALargeAnswerWhileTheNextOneIsStillWorkedOn() throws IOException {
        CompletableFuture<Response> firstIsRead = new CompletableFuture<>();
        RequestRouter.Builder routes = RequestRouter.builder()
                .on(TestRpcs.HOLD, Lane.inPlace(), request -> firstIsRead.join().now());
        ByteArrayOutputStream atOnce = new ByteArrayOutputStream();
        atOnce.write(Frames.write(RawPeer.request(TestRpcs.ECHO, 0, "x".repeat(40_000))));
        atOnce.write(Frames.write(RawPeer.request(TestRpcs.HOLD, 1, "holds the event loop")));
        try (RemotingServer server = start(routes);
                RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(atOnce.toByteArray());

            assertThat(readOrLetGo(peer, firstIsRead).opaque()).isZero();
            firstIsRead.complete(Response.success());
            assertThat(peer.read().opaque()).isEqualTo(1);
        }
    }

    // A server whose event loop is held cannot be closed.
    private static RemotingCommand readOrLetGo(RawPeer peer, CompletableFuture<?> held) throws IOException {
        try {
            return peer.read();
        } catch (IOException e) {
            held.cancel(false);
            throw e;
        }
    }

    @Test
    void anAnswerTooLargeToSendIsReplacedByARefusal() throws IOException {
        RequestRouter.Builder routes = RequestRouter.builder()
                .on(
                        OTHER_CODE,
                        Lane.inPlace(),
                        request -> new Response(0, Optional.empty(), Payload.of(Body.of(new byte[2000]))).now());
        ServerConfig config = ServerConfig.local();
        try (RemotingServer server = RemotingServer.start(
                        config.withLimits(config.limits().withFrameBytesMax(1500)), routes.build());
                RawPeer peer = RawPeer.connect(server.port())) {
            peer.send(RemotingCommand.request(OTHER_CODE, 1, false, Payload.empty()));
            RemotingCommand refusal = peer.read();

            assertThat(refusal.code()).isEqualTo(ResponseCode.SYSTEM_ERROR);
            assertThat(refusal.remark().orElseThrow()).contains("expected at most 1500");
        }
    }

    @Test
    void eachPortHasItsOwnRouter() throws IOException {
        RequestRouter all = RequestRouter.builder()
                .on(TestRpcs.ECHO, Lane.inPlace(), TestRpcs.echo())
                .on(OTHER_CODE, Lane.inPlace(), request -> Response.success().now())
                .build();
        try (RemotingServer server = RemotingServer.start(ServerConfig.local(), all)) {
            int other = server.listenAlso(0, all.without(OTHER_CODE));
            try (RawPeer peer = RawPeer.connect(server.port());
                    RawPeer otherPeer = RawPeer.connect(other)) {
                peer.send(RemotingCommand.request(OTHER_CODE, 1, false, Payload.empty()));
                otherPeer.send(RemotingCommand.request(OTHER_CODE, 1, false, Payload.empty()));

                assertThat(peer.read().code()).isEqualTo(ResponseCode.SUCCESS);
                assertThat(otherPeer.read().code()).isEqualTo(ResponseCode.REQUEST_CODE_NOT_SUPPORTED);
                assertServes(otherPeer);
            }
        }
    }

    private static RemotingServer start(RequestRouter.Builder routes) throws IOException {
        return RemotingServer.start(
                ServerConfig.local(),
                routes.on(TestRpcs.ECHO, Lane.inPlace(), TestRpcs.echo()).build());
    }

    private static void assertServes(RawPeer peer) throws IOException {
        peer.ask(TestRpcs.ECHO, 77, "still there");
        assertThat(peer.read().opaque()).isEqualTo(77);
    }
}
