package io.ternmq.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ternmq.benchmark.Options.Compared;
import io.ternmq.benchmark.load.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void everythingHasADefault() {
        Options options = Options.parse();

        assertThat(options.compared()).isEqualTo(Compared.SERVERS);
        assertThat(options.modes()).containsExactly(Mode.SYNC, Mode.ASYNC, Mode.BATCH, Mode.CONSUME);
        assertThat(options.load().bodyBytes()).isEqualTo(1024);
        assertThat(options.pairs()).isEqualTo(5);
        assertThat(options.clients()).containsExactly(Library.OFFICIAL);
        assertThat(options.servers()).containsExactly(Make.TERN, Make.OFFICIAL);
        assertThat(options.jvmFlags()).containsExactly("-Xmx1g");
    }

    @Test
    void givenValuesReplaceDefaults() {
        Options options = Options.parse(
                "--modes",
                "async,sync",
                "--size",
                "512",
                "--servers",
                "tern",
                "--jvm",
                "-Xmx256m -XX:+UseSerialGC",
                "--flush",
                "sync");

        assertThat(options.flush().settings()).containsEntry("flushDiskType", "SYNC_FLUSH");
        assertThat(options.modes()).containsExactly(Mode.ASYNC, Mode.SYNC);
        assertThat(options.load().bodyBytes()).isEqualTo(512);
        assertThat(options.servers()).containsExactly(Make.TERN);
        assertThat(options.jvmFlags()).isEqualTo(List.of("-Xmx256m", "-XX:+UseSerialGC"));
    }

    @Test
    void toCompareClientsBothLoadOurBrokerUnlessSaidOtherwise() {
        Options clients = Options.parse("--compare", "clients");
        Options official = Options.parse("--servers", "official", "--compare", "clients");

        assertThat(clients.compared()).isEqualTo(Compared.CLIENTS);
        assertThat(clients.clients()).containsExactly(Library.TERN, Library.OFFICIAL);
        assertThat(clients.servers()).containsExactly(Make.TERN);
        assertThat(official.servers()).containsExactly(Make.OFFICIAL);
        assertThatThrownBy(() -> Options.parse("--compare", "clients,servers"))
                .hasMessage("option --compare is 'clients,servers', expected one of [servers, clients, both]");
    }

    @Test
    void toCompareBothEachClientLoadsTheBrokerOfItsMake() {
        Options both = Options.parse("--compare", "both");

        assertThat(both.clients()).containsExactly(Library.OFFICIAL, Library.TERN);
        assertThat(both.serversOf(Library.TERN)).containsExactly(Make.TERN);
        assertThat(both.serversOf(Library.OFFICIAL)).containsExactly(Make.OFFICIAL);
        assertThat(Options.parse().serversOf(Library.OFFICIAL)).containsExactly(Make.TERN, Make.OFFICIAL);
    }

    @Test
    void badValuesAreRefusedWithWhatWasExpected() {
        assertThatThrownBy(() -> Options.parse("--pairs", "0"))
                .hasMessage("option --pairs is '0', expected from 1 to 1000");
        assertThatThrownBy(() -> Options.parse("--duration", "long"))
                .hasMessage("option --duration is 'long', expected a whole number");
        assertThatThrownBy(() -> Options.parse("--modes", "sync,fast"))
                .hasMessage(
                        "option --modes is 'sync,fast', expected a list of [sync, async, batch, consume, deliver, beside, wait, idle]");
        assertThatThrownBy(() -> Options.parse("--modes", "beside,sync"))
                .hasMessageStartingWith("option --modes is 'beside,sync', expected beside alone or with deliver");
        assertThatThrownBy(() -> Options.parse("--colour", "red")).hasMessageContaining("unknown option --colour");
        assertThatThrownBy(() -> Options.parse("--pairs")).hasMessage("option --pairs needs a value");
    }

    @Test
    void usageNamesEveryOptionAndNoOther() throws IOException {
        String usage = Files.readString(Path.of("usage.txt"));

        List<String> named = Pattern.compile("(?m)^  --([a-z]+) [A-Z]+ ")
                .matcher(usage)
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(named).containsExactlyInAnyOrderElementsOf(Options.names());
    }
}
