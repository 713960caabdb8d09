package io.ternmq.remoting.protocol.body;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SubscriptionDataTest {

    @Test
    void tagsAreTrimmedAndHashed() {
        SubscriptionData data = SubscriptionData.of("T", " TagA||  || TagB ", "TAG", 1);

        assertThat(data.tags()).containsExactly("TagA", "TagB");
        assertThat(data.tagCodes()).containsExactly(2598919, 2598920);
    }

    @Test
    void blankAndStarMeanAll() {
        assertThat(SubscriptionData.of("T", "", "", 1)).isEqualTo(SubscriptionData.ofTags("T", "*", 1));
        assertThat(SubscriptionData.ofTags("T", "*", 1).tags()).isEmpty();
    }

    @Test
    void otherExpressionsStandAlone() {
        SubscriptionData data = SubscriptionData.of("T", "a > 1", "SQL92", 1);

        assertThat(data.isTagType()).isFalse();
        assertThat(data.expression()).isEqualTo("a > 1");
        assertThat(data.tags()).isEmpty();
    }
}
