package io.ternmq.benchmark.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.benchmark.Library;
import io.ternmq.benchmark.Make;
import io.ternmq.benchmark.load.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProfileOptionsTest {
    @Test
    void everythingHasADefault() {
        ProfileOptions options = ProfileOptions.parse();

        assertThat(options.server()).isEqualTo(Make.TERN);
        assertThat(options.client()).isEqualTo(Library.OFFICIAL);
        assertThat(options.mode()).isEqualTo(Mode.ASYNC);
        assertThat(options.load().seconds()).isEqualTo(20);
        assertThat(options.output()).isEqualTo(Path.of("benchmark/target/profile.html"));
    }

    @Test
    void givenValuesReplaceDefaults() {
        ProfileOptions options = ProfileOptions.parse(
                "--server", "official", "--client", "tern", "--mode", "sync", "--threads", "1", "--warmup", "0");

        assertThat(options.server()).isEqualTo(Make.OFFICIAL);
        assertThat(options.client()).isEqualTo(Library.TERN);
        assertThat(options.mode()).isEqualTo(Mode.SYNC);
        assertThat(options.load().threads()).isOne();
        assertThat(options.warmupSeconds()).isZero();
    }

    @Test
    void oneServerIsProfiledAtATime() {
        assertThatThrownBy(() -> ProfileOptions.parse("--server", "tern,official"))
                .hasMessageStartingWith("option --server is 'tern,official', expected one of [tern, official");
    }

    @Test
    void theFloorIsProfiledInWhatItServes() {
        assertThat(ProfileOptions.parse("--server", "floor", "--mode", "sync").mode())
                .isEqualTo(Mode.SYNC);
        assertThatThrownBy(() -> ProfileOptions.parse("--server", "floor", "--mode", "deliver"))
                .hasMessage("option --mode is 'deliver', which the floor does not serve");
    }

    @Test
    void usageNamesEveryOptionAndNoOther() throws IOException {
        String usage = Files.readString(Path.of("profile.txt"));

        List<String> named = Pattern.compile("(?m)^  --([a-z]+) [A-Z]+ ")
                .matcher(usage)
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(named).containsExactlyInAnyOrderElementsOf(ProfileOptions.names());
    }
}
