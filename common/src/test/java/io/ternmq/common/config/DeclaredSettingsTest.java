package io.ternmq.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeclaredSettingsTest {
    private final DeclaredSettings settings = new DeclaredSettings(List.of(
            Setting.integer("listenPort", 9876).between(0, 65_535),
            Setting.flag("orderMessageEnable", false).changeable()));

    @Test
    void everySettingHasItsValueAsText() {
        assertThat(settings.texts(Settings.of(Map.of("listenPort", " 1 "))))
                .isEqualTo(Map.of("listenPort", "1", "orderMessageEnable", "false"));
    }

    @Test
    void onlyChangeableKeysMayBeChanged() {
        assertThat(settings.refusalOf(Settings.of(Map.of("orderMessageEnable", "true"))))
                .isEmpty();
        assertThat(settings.refusalOf(Settings.of(Map.of("listenPort", "1"))))
                .hasValueSatisfying(text -> assertThat(text).contains("listenPort cannot be changed"));
        assertThat(settings.refusalOf(Settings.of(Map.of("orderMesageEnable", "true"))))
                .contains("Key orderMesageEnable is not known: nearest is orderMessageEnable");
        assertThatThrownBy(() -> settings.refusalOf(Settings.of(Map.of("orderMessageEnable", "maybe"))))
                .isInstanceOf(SettingException.class);
    }

    @Test
    void aKeyIsDeclaredOnce() {
        assertThatThrownBy(() -> new DeclaredSettings(List.of(Setting.flag("a", true), Setting.integer("a", 1))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void changesLeaveTheRestOfAFileAsItWas() {
        String before =
                "# mine \\\nlistenPort = 1\n\nlong=a\\\n  b\nlistenPort=2\norderMessageEnable:false\nlast=x\\\\\n";

        String after = PropertiesText.changed(before, Map.of("listenPort", "3", "long", "c", "new", "y"));

        assertThat(after).isEqualTo("# mine \\\nlistenPort=3\n\nlong=c\norderMessageEnable:false\nlast=x\\\\\nnew=y\n");
        assertThat(PropertiesText.changed("", Map.of("a", "1"))).isEqualTo("a=1\n");
    }

    @Test
    void commandLinesAreRead() {
        StartFlags flags = StartFlags.parse("-c", "a file", "-n", "h:1;i:2", "-p");

        assertThat(flags.configFile())
                .hasValueSatisfying(file -> assertThat(file).hasFileName("a file"));
        assertThat(flags.nameServers()).contains("h:1;i:2");
        assertThat(flags.printsSettings()).isTrue();
        assertThat(StartFlags.parse("--help").wantsHelp()).isTrue();
        assertThatThrownBy(() -> StartFlags.parse("-x")).hasMessageContaining("Argument -x is not known");
        assertThatThrownBy(() -> StartFlags.parse("-c")).hasMessageContaining("Argument -c needs a value");
    }
}
