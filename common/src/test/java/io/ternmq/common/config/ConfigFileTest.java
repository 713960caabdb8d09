package io.ternmq.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    private Path directory;

    @Test
    void linesBecomeSettings() throws IOException {
        Path file = Files.writeString(directory.resolve("a.conf"), "# comment\nlistenPort = 9876\nbrokerName=é\n\n");

        Settings settings = ConfigFile.read(file);

        assertThat(settings.asMap()).isEqualTo(Map.of("listenPort", "9876", "brokerName", "é"));
    }

    @Test
    void whatIsWrongIsSaidInOneSentence() throws IOException {
        Path latin = Files.write(directory.resolve("latin"), new byte[] {'a', '=', (byte) 0xE9});
        Path broken = Files.writeString(directory.resolve("broken"), "a=\\u12");
        Path huge = Files.write(directory.resolve("huge"), new byte[ConfigFile.BYTES_MAX + 1]);
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> ConfigFile.read(missing))
                .hasMessage("Configuration file " + missing + " cannot be read: there is no such file");
        assertThatThrownBy(() -> ConfigFile.read(latin)).hasMessageContaining("not text in UTF-8");
        assertThatThrownBy(() -> ConfigFile.read(broken)).hasMessageContaining("Malformed");
        assertThatThrownBy(() -> ConfigFile.read(huge)).hasMessageContaining("1048577 bytes, expected at most 1048576");
        assertThatThrownBy(() -> ConfigFile.read(directory)).hasMessageStartingWith("Configuration file " + directory);
    }

    @Test
    void whatIsPrintedIsReadBack() {
        Map<String, String> texts = Map.of("a b=c:#!\\", " x y\n\t\\é=:#", "plain", "value");

        assertThat(PropertiesText.parse(PropertiesText.print(texts)).asMap()).isEqualTo(texts);
        assertThat(PropertiesText.print(Map.of("b", "2", "a", "1"))).isEqualTo("a=1\nb=2\n");
    }
}
