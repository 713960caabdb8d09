package io.ternmq.broker.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.broker.store.ReadResult;
import io.ternmq.broker.store.ReadResult.Status;
import io.ternmq.remoting.server.Response;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullReplyTest {
    private static final int FIRST = 400;
    private static final int END = 800;

    @ParameterizedTest
    @CsvSource({
        // Behind the edge that retention has moved: where the queue now begins.
        "BEFORE_START, 0, 400, 21",
        "BEYOND_END, 900, 800, 21",
        // Removed between the look at the queue and at the log.
        "RECORDS_REMOVED, 400, 450, 20",
        "NO_MATCH, 400, 800, 20",
        "AT_END, 800, 800, 19",
        "EMPTY_QUEUE, 5, 0, 21",
        "EMPTY_QUEUE, 0, 0, 19",
        "UNKNOWN_QUEUE, 5, 0, 21",
        "UNKNOWN_QUEUE, 0, 0, 19",
    })
    void whoReadsWhereNothingIsIsToldHowToGoOn(Status status, long asked, long next, int code) {
        AtomicInteger released = new AtomicInteger();
        ReadResult nothing = new ReadResult(status, next, FIRST, END, List.of(), false, released::incrementAndGet);

        Response response = PullReply.to(new PullOutcome.Read(asked, nothing));

        assertThat(response.code()).isEqualTo(code);
        assertThat(response.remark()).contains(status.wireName());
        assertThat(response.payload().fields().int64("nextBeginOffset")).isEqualTo(next);
        assertThat(response.payload().fields().int64("minOffset")).isEqualTo(FIRST);
        assertThat(response.payload().fields().int64("maxOffset")).isEqualTo(END);
        assertThat(released).hasValue(1);
    }
}
