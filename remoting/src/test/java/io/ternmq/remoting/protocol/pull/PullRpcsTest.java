package io.ternmq.remoting.protocol.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.protocol.Golden;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PullRpcsTest {
    private static final PullRequest PULL = new PullRequest(
            "CG",
            "TopicTest",
            2,
            5,
            32,
            3,
            5,
            15_000,
            Optional.empty(),
            1_700_000_000_000L,
            Optional.of("TAG"),
            OptionalInt.of(262_144),
            Optional.of("broker-a"));

    @Test
    void bothPullsAskTheSame() {
        String fields = "{\"queueId\":\"2\",\"maxMsgBytes\":\"262144\",\"maxMsgNums\":\"32\",\"sysFlag\":\"3\","
                + "\"suspendTimeoutMillis\":\"15000\",\"commitOffset\":\"5\",\"bname\":\"broker-a\","
                + "\"topic\":\"TopicTest\",\"queueOffset\":\"5\",\"expressionType\":\"TAG\","
                + "\"subVersion\":\"1700000000000\",\"consumerGroup\":\"CG\"}";

        Golden.assertBothWays(PullRpcs.PULL_MESSAGE.request(), PULL, fields, "");
        Golden.assertBothWays(PullRpcs.LITE_PULL_MESSAGE.request(), PULL, fields, "");
    }

    @Test
    void bitsSayWhatToDo() {
        assertThat(PULL.commitsOffset()).isTrue();
        assertThat(PULL.maySuspend()).isTrue();
        assertThat(PULL.hasSubscription()).isFalse();
        assertThat(PULL.hasClassFilter()).isFalse();
    }

    @Test
    void theAnswerSaysWhereToGoOn() {
        String fields = "{\"suggestWhichBrokerId\":\"0\",\"nextBeginOffset\":\"6\",\"maxOffset\":\"6\","
                + "\"minOffset\":\"0\"}";
        PullAnswer found = PullAnswer.of(6, 0, 6, Body.of("records".getBytes(StandardCharsets.UTF_8)));

        Golden.assertEncoded(PullRpcs.PULL_MESSAGE.response().encode(found), fields, "records");
        PullAnswer read = PullRpcs.PULL_MESSAGE.response().decode(Golden.fields(fields), Golden.bytes("records"));

        assertThat(read.nextOffset()).isEqualTo(6);
        assertThat(read.forbiddenReason()).isEmpty();
        assertThat(read.messages().toBytes()).asString().isEqualTo("records");
        Golden.assertBothWays(PullRpcs.PULL_MESSAGE.response(), PullAnswer.of(6, 0, 6, Body.empty()), fields, "");
    }
}
