package io.ternmq.common.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ternmq.common.time.FakeClock;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageBatchTest {
    private final UniqueIds ids = new UniqueIds(new byte[4], 1, 2, new FakeClock(), ZoneOffset.UTC);

    @Test
    void entryHasTheBytesOfTheProtocolsVector() {
        Message message = message("hi");
        message.setKeys("k1");
        message.putProperty("WAIT", "true");
        message.setTags("TagA");
        message.putProperty("UNIQ_KEY", "X");

        MessageBatch.Encoded encoded = MessageBatch.of(List.of(message)).encode(ids);

        // The vector without the id, which every message of this client carries: sizes grow by its 11 bytes.
        assertThat(HexFormat.of().formatHex(encoded.body().array()))
                .isEqualTo("0000003f000000000000000000000000000000026869002"
                        + "74b455953016b31025741495401747275650254414753015461674102554e49515f4b4559015802");
        assertThat(encoded.uniqueIds()).containsExactly("X");
    }

    @Test
    void eachMessageGetsItsOwnIdAndStaysAsItWas() {
        Message first = message("a");
        Message second = message("b");

        MessageBatch.Encoded encoded = MessageBatch.of(List.of(first, second)).encode(ids);

        assertThat(encoded.uniqueIds()).hasSize(2).doesNotHaveDuplicates();
        assertThat(new String(encoded.body().array(), StandardCharsets.ISO_8859_1))
                .contains(encoded.uniqueIds());
        assertThat(first.getProperties()).isEmpty();
    }

    @Test
    void messagesThatCannotTravelTogetherAreRefused() {
        Message waiting = message("a");
        Message notWaiting = message("b");
        notWaiting.setWaitStoreMsgOK(false);
        Message delayed = message("c");
        delayed.setDelayTimeLevel(3);

        assertThatIllegalArgumentException().isThrownBy(() -> MessageBatch.of(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageBatch.of(List.of(waiting, new Message("U", new byte[1]))))
                .withMessageContaining("T and U");
        assertThatIllegalArgumentException().isThrownBy(() -> MessageBatch.of(List.of(waiting, notWaiting)));
        assertThatIllegalArgumentException().isThrownBy(() -> MessageBatch.of(List.of(delayed)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageBatch.of(List.of(new Message("%RETRY%G", new byte[1]))));
    }

    @Test
    void propertiesBeyondTheLimitAreRefused() {
        Message message = message("a");
        message.putUserProperty("large", "x".repeat(32_767));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageBatch.of(List.of(message)).encode(ids))
                .withMessageContaining("limit 32767");
    }

    private static Message message(String body) {
        return new Message("T", body.getBytes(StandardCharsets.UTF_8));
    }
}
