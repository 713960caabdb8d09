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

    @Test
    void isAddressAndPort() throws Exception {
        assertThat(stored("10.0.0.9", 5555)).isEqualTo("0a000009000015b3");
        assertThat(stored("255.254.253.252", 65535)).isEqualTo("fffefdfc0000ffff");
        assertThat(stored("2001:db8::1", 1)).isEqualTo("20010db800000000000000000000000100000001");
        assertThat(host("10.0.0.9", 1).isV6()).isFalse();
        assertThat(host("2001:db8::1", 1).isV6()).isTrue();
    }

    @Test
    void knowsWhoseFormItIs() throws Exception {
        StoredHost host = host("10.0.0.9", 5555);

        assertThat(host.isOf(new InetSocketAddress("10.0.0.9", 5555))).isTrue();
        assertThat(host.isOf(new InetSocketAddress("10.0.0.9", 5556))).isFalse();
        assertThat(host.isOf(new InetSocketAddress("10.0.0.8", 5555))).isFalse();
    }

    @Test
    void aHostThatIsNotResolvedHasNone() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("broker.example", 1);

        assertThatThrownBy(() -> StoredHost.of(unresolved))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not resolved: expected an address");
    }

    private static StoredHost host(String address, int port) throws UnknownHostException {
        return StoredHost.of(new InetSocketAddress(InetAddress.getByName(address), port));
    }

    private static String stored(String address, int port) throws UnknownHostException {
        ByteBuffer target = ByteBuffer.allocate(30);
        int end = host(address, port).put(target, 3);
        return HexFormat.of().formatHex(Arrays.copyOfRange(target.array(), 3, end));
    }
}
