package io.ternmq.remoting.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.seeds.Seeds;
import io.ternmq.remoting.frame.Frames;
import io.ternmq.remoting.frame.RemotingCommand;
import io.ternmq.remoting.frame.Serialization;
import io.ternmq.remoting.testing.NoLeaks;
import io.ternmq.remoting.testing.RawPeer;
import io.ternmq.remoting.testing.TestRpcs;
import java.io.IOException;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;

/** Thousands of damaged frames against a live server, whose other connections must not notice. */
@ExtendWith(NoLeaks.class)
final class FuzzIT {
    private static final int HOSTILE_CONNECTIONS = 300;
    private static final int FRAMES_EACH = 10;

    @Seeds(count = 2)
    void aHealthyConnectionIsServedAmongHostileOnes(Random random) throws IOException {
        RequestRouter router = RequestRouter.builder()
                .on(TestRpcs.ECHO, Lane.inPlace(), TestRpcs.echo())
                .build();
        try (RemotingServer server = RemotingServer.start(ServerConfig.local(), router);
                RawPeer healthy = RawPeer.connect(server.port())) {
            for (int opaque = 0; opaque < HOSTILE_CONNECTIONS; opaque++) {
                attack(server.port(), random);

                healthy.ask(TestRpcs.ECHO, opaque, "still there");
                RemotingCommand answer = healthy.read();
                assertThat(answer.opaque()).isEqualTo(opaque);
                assertThat(answer.code()).isZero();
            }
        }
    }

    private static void attack(int port, Random random) throws IOException {
        try (RawPeer hostile = RawPeer.connect(port)) {
            for (int count = 0; count < FRAMES_EACH; count++) {
                hostile.send(damaged(frame(random), random));
            }
        } catch (SocketException e) {
            assertThat(e.getMessage()).containsAnyOf("reset", "Broken pipe", "closed"); // the server had enough
        }
    }

    private static byte[] frame(Random random) {
        RemotingCommand ask = RawPeer.request(TestRpcs.ECHO, random.nextInt(), "x".repeat(random.nextInt(500)));
        Serialization form = random.nextBoolean() ? Serialization.JSON : Serialization.BINARY;
        int flag = random.nextInt(8) == 0 ? random.nextInt() : 0;
        return Frames.write(new RemotingCommand(
                form, ask.code(), ask.language(), 479, ask.opaque(), flag, Optional.empty(), ask.fields(), ask.body()));
    }

    private static byte[] damaged(byte[] frame, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> frame[random.nextInt(8)] ^= (byte) (1 << random.nextInt(8)); // a length or the serialization
            case 1 -> frame[8 + random.nextInt(Math.min(40, frame.length - 8))] = (byte) random.nextInt(); // the header
            case 2 -> {
                return Arrays.copyOf(frame, 1 + random.nextInt(frame.length)); // cut short
            }
            default -> {
                for (int times = random.nextInt(10); times > 0; times--) {
                    frame[random.nextInt(frame.length)] = (byte) random.nextInt();
                }
            }
        }
        return frame;
    }
}
