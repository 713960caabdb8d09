package io.ternmq.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.ternmq.embedded.LocalCluster;
import io.ternmq.embedded.WithLocalCluster;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@WithLocalCluster
class QuickstartIT {

    @Test
    void tenMessagesAreSentAndReceived(LocalCluster cluster) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        new Quickstart(new PrintStream(printed, true, StandardCharsets.UTF_8)).run(cluster);

        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(text.lines().filter(line -> line.startsWith("Sent"))).hasSize(10);
        assertThat(text.lines().filter(line -> line.startsWith("Received"))).hasSizeGreaterThanOrEqualTo(10);
        assertThat(text).contains("sendStatus=SEND_OK").contains("\"Hello 1\"").contains("\"Hello 10\"");
    }
}
