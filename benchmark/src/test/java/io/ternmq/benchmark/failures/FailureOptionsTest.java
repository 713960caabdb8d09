package io.ternmq.benchmark.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.benchmark.failures.FailureOptions.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FailureOptionsTest {
    @Test
    void everythingHasADefaultAndCanBeGiven() {
        FailureOptions options = FailureOptions.parse("--clients", "official,tern", "--rate", "500");

        assertThat(options.clients()).containsExactly(Kind.OFFICIAL, Kind.TERN);
        assertThat(options.perSecond()).isEqualTo(500);
        assertThat(options.away()).isEqualTo(20);
        assertThatThrownBy(() -> FailureOptions.parse("--away", "1"))
                .hasMessage("option --away is '1', expected from 4 to 3600");
    }

    @Test
    void usageNamesEveryOptionAndNoOther() throws IOException {
        String usage = Files.readString(Path.of("failures.txt"));

        List<String> named = Pattern.compile("(?m)^  --([a-z]+) [A-Z]+ ")
                .matcher(usage)
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(named).containsExactlyInAnyOrderElementsOf(FailureOptions.names());
    }
}
