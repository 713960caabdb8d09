package io.ternmq.common.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StoredHostTest {
    private final StoredHost host = new StoredHost();

    @Test
    void becomesOneHostAfterTheOther() throws Exception {
        assertThat(stored("10.0.0.9", 5555)).isEqualTo("0a000009000015b3");
        assertThat(stored("10.0.0.9", 5555)).isEqualTo("0a000009000015b3");
        assertThat(stored("10.0.0.9", 5556)).isEqualTo("0a000009000015b4");
        assertThat(host.isV6()).isFalse();

        assertThat(stored("2001:db8::1", 1)).isEqualTo("20010db800000000000000000000000100000001");
        assertThat(host.isV6()).isTrue();

        assertThat(stored("10.0.0.8", 5555)).isEqualTo("0a000008000015b3");
        assertThat(host.isV6()).isFalse();
    }

    @Test
    void staysWhatItIsWhenTheNextIsNotResolved() throws Exception {
        stored("10.0.0.9", 5555);
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("broker.example", 1);

        assertThatThrownBy(() -> host.become(unresolved))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not resolved: expected an address");

        assertThat(stored("10.0.0.9", 5555)).isEqualTo("0a000009000015b3");
    }

    private String stored(String address, int port) throws UnknownHostException {
        ByteBuffer target = ByteBuffer.allocate(30);
        host.become(new InetSocketAddress(InetAddress.getByName(address), port));
        int end = host.put(target, 3);
        return HexFormat.of().formatHex(Arrays.copyOfRange(target.array(), 3, end));
    }
}
