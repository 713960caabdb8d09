package io.ternmq.common.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class MessageIdTest {
    @Test
    void knownIdsAreWrittenAndRead() throws Exception {
        assertRoundTrip("10.0.0.1", 10911, 1234, "0A00000100002A9F00000000000004D2");
        assertRoundTrip("127.0.0.1", 10911, 1234, "7F00000100002A9F00000000000004D2");
        assertRoundTrip("2001:db8::1", 10911, 1234, "20010DB800000000000000000000000100002A9F00000000000004D2");
    }

    @Test
    void aWriterWritesTheSameIds() throws Exception {
        for (String address : new String[] {"10.0.0.1", "255.0.255.0", "2001:db8::1"}) {
            InetSocketAddress host = new InetSocketAddress(InetAddress.getByName(address), 10911);
            MessageIdWriter writer = new MessageIdWriter(host);
            for (long position : new long[] {0, 1, 15, 16, 1234, 0x0123_4567_89AB_CDEFL, Long.MAX_VALUE, -1}) {
                assertThat(writer.idAt(position)).isEqualTo(MessageId.format(host, position));
            }
        }
    }

    @Test
    void otherTextsAreNoIds() {
        assertThat(MessageId.parse("")).isEmpty();
        assertThat(MessageId.parse("0A00000100002A9F00000000000004D")).isEmpty();
        assertThat(MessageId.parse("0A00000100002A9F00000000000004DX")).isEmpty();
        assertThat(MessageId.parse("0A0000017FFF2A9F00000000000004D2")).isEmpty(); // no such port
    }

    private static void assertRoundTrip(String address, int port, long position, String text) throws Exception {
        InetSocketAddress host = new InetSocketAddress(InetAddress.getByName(address), port);

        assertThat(MessageId.format(host, position)).isEqualTo(text);
        assertThat(MessageId.parse(text)).contains(new MessageId(host, position));
        assertThat(new MessageId(host, position)).hasToString(text);
    }
}
