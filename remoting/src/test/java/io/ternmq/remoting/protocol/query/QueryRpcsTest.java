package io.ternmq.remoting.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.remoting.frame.Body;
import io.ternmq.remoting.protocol.Golden;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueryRpcsTest {

    @Test
    void messagesAreFoundByKey() {
        Golden.assertBothWays(
                QueryRpcs.QUERY_MESSAGE.request(),
                new QueryRequest("T", "k1", 32, 1, 2, true),
                "{\"topic\":\"T\",\"key\":\"k1\",\"maxNum\":\"32\",\"beginTimestamp\":\"1\",\"endTimestamp\":\"2\","
                        + "\"_UNIQUE_KEY_QUERY\":\"true\"}",
                "");
        String fields = "{\"indexLastUpdateTimestamp\":\"5\",\"indexLastUpdatePhyoffset\":\"6\"}";
        Golden.assertEncoded(
                QueryRpcs.QUERY_MESSAGE.response().encode(new QueryAnswer(5, 6, body("records"))), fields, "records");

        QueryAnswer read = QueryRpcs.QUERY_MESSAGE.response().decode(Golden.fields(fields), Golden.bytes("records"));

        assertThat(read.messages().toBytes()).asString().isEqualTo("records");
        assertThat(read.indexPosition()).isEqualTo(6);
    }

    @Test
    void aMessageIsFoundByItsPlace() {
        Golden.assertBothWays(
                QueryRpcs.VIEW_MESSAGE_BY_ID.request(),
                new ViewRequest(1234, Optional.of("T")),
                "{\"offset\":\"1234\",\"topic\":\"T\"}",
                "");
        Golden.assertEncoded(
                QueryRpcs.VIEW_MESSAGE_BY_ID.response().encode(new ViewAnswer(body("record"))), "{}", "record");
    }

    private static Body body(String text) {
        return Body.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
