package io.ternmq.client;

import static org.assertj.core.api.Assertions.assertThat;

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
}
