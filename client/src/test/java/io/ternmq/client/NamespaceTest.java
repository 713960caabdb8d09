package io.ternmq.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.common.message.MessageQueue;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespaceTest {
    private final Namespace shop = new Namespace("shop");

    @ParameterizedTest
    @CsvSource({
        "Orders, shop%Orders",
        "shop%Orders, shop%Orders",
        "shop, shop%shop",
        "shopping%Orders, shop%shopping%Orders",
        "TBW102, TBW102",
        "rmq_sys_x, rmq_sys_x",
        "%RETRY%G, %RETRY%shop%G",
        "%DLQ%G, %DLQ%shop%G",
        "%RETRY%shop%G, %RETRY%shop%G"
    })
    void topicGetsThePrefixOnce(String topic, String full) {
        assertThat(shop.topic(topic)).isEqualTo(full);
        assertThat(Namespace.NONE.topic(topic)).isEqualTo(topic);
    }

    @ParameterizedTest
    @CsvSource({"G, shop%G", "shop%G, shop%G", "CID_RMQ_SYS_X, CID_RMQ_SYS_X"})
    void groupGetsThePrefixOnce(String group, String full) {
        assertThat(shop.group(group)).isEqualTo(full);
    }

    @ParameterizedTest
    @CsvSource({"shop%Orders, Orders", "Orders, Orders", "%RETRY%shop%G, %RETRY%G", "TBW102, TBW102", "shop%, shop%"})
    void applicationSeesItsOwnName(String full, String plain) {
        assertThat(shop.plain(full)).isEqualTo(plain);
    }

    @Test
    void queuesAreNamedAsTheirTopicsAre() {
        MessageQueue plain = new MessageQueue("Orders", "a", 3);
        MessageQueue full = new MessageQueue("shop%Orders", "a", 3);

        assertThat(shop.queue(plain)).isEqualTo(full);
        assertThat(shop.queue(full)).isEqualTo(full);
        assertThat(shop.plain(full)).isEqualTo(plain);
        assertThat(shop.queues(List.of(plain, full))).containsExactly(full);
        assertThat(shop.plain(Set.of(full))).containsExactly(plain);
    }
}
