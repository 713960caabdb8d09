package io.ternmq.client.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.client.hook.ConsumeMessageContext.Ending;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against lines that the official encoder wrote. */
class TraceRecordTest {
    private static final long AT_MILLIS = 1_700_000_000_000L;
    private static final String ID = "7F00000104D218B4AAC2000000000000";

    @Test
    void sentMessage() {
        TraceRecord record = sent("TagA", "k1");

        assertThat(text(record))
                .isEqualTo(
                        "Pub<1>1700000000000<1>DefaultRegion<1>PG<1>TopicTest<1>7F00000104D218B4AAC2000000000000<1>TagA"
                                + "<1>k1<1>10.0.0.1:10911<1>5<1>3<1>0<1>0A00000100002A9F00000000000004D2<1>true<2>");
    }

    @Test
    void deliveredMessage() {
        TraceRecord record = new TraceRecord.Delivered(AT_MILLIS, "DefaultRegion", "PG", "REQ", ID, 0, "k1");

        assertThat(text(record))
                .isEqualTo("SubBefore<1>1700000000000<1>DefaultRegion<1>PG<1>REQ"
                        + "<1>7F00000104D218B4AAC2000000000000<1>0<1>k1<2>");
    }

    @Test
    void consumedMessage() {
        TraceRecord record = new TraceRecord.Consumed("REQ", ID, 3, true, "k1", Ending.SUCCESS, AT_MILLIS, "PG");

        assertThat(text(record))
                .isEqualTo(
                        "SubAfter<1>REQ<1>7F00000104D218B4AAC2000000000000<1>3<1>true<1>k1<1>0<1>1700000000000<1>PG<2>");
    }

    @Test
    void howACallEndedIsANumberThatToolsKnow() {
        assertThat(Arrays.stream(Ending.values())
                        .map(ending -> text(new TraceRecord.Consumed("R", ID, 3, false, "", ending, 9, "G"))))
                .extracting(line -> line.replaceAll(".*<1>false<1><1>(\\d)<1>9<1>G<2>", "$1"))
                .containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void missingKeysAreSomethingWhereReadersTakeTheLastFieldForGranted() {
        TraceRecord record = new TraceRecord.Delivered(AT_MILLIS, "R", "G", "REQ", ID, 0, "");

        assertThat(text(record)).endsWith("<1>0<1>null<2>");
    }

    @Test
    void separatorsWithinATextDoNotMoveTheFieldsBehindIt() {
        assertThat(text(sent("", "a\u0001b\u0002c"))).contains("<1><1>a b c<1>10.0.0.1:10911<1>");
    }

    static TraceRecord sent(String tags, String keys) {
        return new TraceRecord.Sent(
                AT_MILLIS,
                "DefaultRegion",
                "PG",
                "TopicTest",
                ID,
                tags,
                keys,
                "10.0.0.1:10911",
                5,
                3,
                TraceRecord.Type.NORMAL,
                "0A00000100002A9F00000000000004D2",
                true);
    }

    private static String text(TraceRecord record) {
        StringBuilder text = new StringBuilder();
        record.appendTo(text);
        return text.toString().replace("\u0001", "<1>").replace("\u0002", "<2>");
    }
}
