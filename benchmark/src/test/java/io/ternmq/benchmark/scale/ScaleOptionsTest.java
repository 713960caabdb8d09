package io.ternmq.benchmark.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.benchmark.scale.Point.Axis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ScaleOptionsTest {
    @Test
    void everythingHasADefault() {
        ScaleOptions options = ScaleOptions.parse();

        assertThat(options.points())
                .containsExactly(
                        new Point(Axis.QUEUES, 1),
                        new Point(Axis.QUEUES, 8),
                        new Point(Axis.QUEUES, 1_000),
                        new Point(Axis.QUEUES, 8_000),
                        new Point(Axis.CONNECTIONS, 1),
                        new Point(Axis.CONNECTIONS, 100),
                        new Point(Axis.CONNECTIONS, 2_000));
        assertThat(options.window()).isEqualTo(64);
    }

    @Test
    void givenValuesReplaceDefaults() {
        ScaleOptions options = ScaleOptions.parse("--queues", "8", "--connections", "3", "--rounds", "1");

        assertThat(options.points()).containsExactly(new Point(Axis.QUEUES, 8), new Point(Axis.CONNECTIONS, 3));
        assertThat(options.rounds()).isOne();
    }

    @Test
    void badValuesAreRefusedWithWhatWasExpected() {
        assertThatThrownBy(() -> ScaleOptions.parse("--queues", "8,none"))
                .hasMessage("option --queues is '8,none', expected a whole number");
    }

    @Test
    void usageNamesEveryOptionAndNoOther() throws IOException {
        String usage = Files.readString(Path.of("scale.txt"));

        List<String> named = Pattern.compile("(?m)^  --([a-z]+) [A-Z]+\\s")
                .matcher(usage)
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(named).containsExactlyInAnyOrderElementsOf(ScaleOptions.names());
    }
}
