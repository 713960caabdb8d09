package io.ternmq.benchmark.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameNamesTest {
    @Test
    void arraysAreWrittenAsInJava() {
        assertThat(FrameNames.type("[B")).isEqualTo("byte[]");
        assertThat(FrameNames.type("[[Ljava.lang.String;")).isEqualTo("java.lang.String[][]");
        assertThat(FrameNames.type("byte[]")).isEqualTo("byte[]");
        assertThat(FrameNames.type("java.util.HashMap$Node")).isEqualTo("java.util.HashMap$Node");
    }

    @Test
    void lambdasOfAClassAreOneName() {
        assertThat(FrameNames.type("io.ternmq.Foo$$Lambda$14.0x0000000800c03000.123"))
                .isEqualTo("io.ternmq.Foo$$Lambda");
        assertThat(FrameNames.type("io.ternmq.Foo$$Lambda/0x00007f0001001000")).isEqualTo("io.ternmq.Foo$$Lambda");
        assertThat(FrameNames.type("java.lang.invoke.LambdaForm$MH.0x0000000800c3c000"))
                .isEqualTo("java.lang.invoke.LambdaForm$MH");
    }

    @Test
    void threadsOfAPoolAreOneName() {
        assertThat(FrameNames.thread("net-io-1")).isEqualTo("net-io-N");
        assertThat(FrameNames.thread("NettyServerEPOLLSelector_10911_3_1")).isEqualTo("NettyServerEPOLLSelector_N_N_N");
    }

    @Test
    void shortNamesLoseTheirPackages() {
        assertThat(FrameNames.shortened("io.netty.channel.AbstractChannel.write"))
                .isEqualTo("AbstractChannel.write");
        assertThat(FrameNames.shortened("byte[] in java.util.Arrays.copyOf")).isEqualTo("byte[] in Arrays.copyOf");
        assertThat(FrameNames.shortened("net-io-N")).isEqualTo("net-io-N");
    }
}
