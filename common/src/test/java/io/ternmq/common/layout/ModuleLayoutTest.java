package io.ternmq.common.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

final class ModuleLayoutTest {
    private static final String FIXTURE = "common.layout.fixture.";

    @Test
    void lawfulRoomPassesEveryRule() {
        Map<String, String> broken = broken(layout().room(FIXTURE + "lawful"), "lawful");

        assertThat(broken).isEmpty();
    }

    @Test
    void eachRuleNamesTheClassThatBreaksIt() {
        Map<String, String> broken = broken(layout().room(FIXTURE + "lawless"), "lawless");

        assertThat(broken.get("only common.time and common.work read the clock or sleep"))
                .contains("ReadsTheClock");
        assertThat(broken.get("randomness is handed in, never drawn from a shared source"))
                .contains("DrawsUnseeded");
        assertThat(broken.get("only common.work and remoting.transport start threads"))
                .contains("StartsThreads");
        assertThat(broken.get("no constructor but a record's takes more than 7 arguments"))
                .contains("TakesTooMuch");
        assertThat(broken.get("there is no static state")).contains("Changes.count");
        assertThat(broken.get("names say what a thing is: no Manager, Helper, Util, Impl"))
                .contains("ThingManager");
        assertThat(broken.get("rooms import only what their table allows")).contains("Imports");
        assertThat(broken).hasSize(7);
    }

    @Test
    void tableAllowsWhatItLists() {
        ModuleLayout layout = layout().room(FIXTURE + "lawless", FIXTURE + "lawful");

        assertThat(broken(layout, "lawless")).doesNotContainKey("rooms import only what their table allows");
    }

    @Test
    void packageThatIsInNoRowIsReported() {
        Map<String, String> broken = broken(layout().room("common.other"), "lawful");

        assertThat(broken.get("rooms import only what their table allows"))
                .contains("lawful.Lawful is in no room of the table");
    }

    @Test
    void packageWithoutDescriptionIsReported() {
        Map<String, String> broken = broken(layout().room(FIXTURE + "undescribed", FIXTURE + "lawful"), "undescribed");

        assertThat(broken).containsOnlyKeys("every room has a package-info.java");
    }

    @Test
    void starGivesEachPackageARoomOfItsOwn() {
        ModuleLayout layout = layout().room(FIXTURE + "*");

        Map<String, String> broken = broken(layout, "lawful", "undescribed");

        assertThat(broken.get("rooms import only what their table allows")).contains("Undescribed");
    }

    @Test
    void libraryIsOpenOnlyToTheRoomsItIsGivenTo() {
        JavaClasses own = ModuleLayout.importer().importPackages("io.ternmq.common.layout");
        ModuleLayout without =
                layout().room("common.layout..", "common.layout..").library("common.time", "com.tngtech..");
        ModuleLayout with = layout().room("common.layout..", "common.layout..")
                .library("common.layout..", "com.tngtech..", "org.junit..", "org.assertj..");

        assertThat(messages(without, own).get("rooms import only what their table allows"))
                .contains("com.tngtech");
        assertThat(messages(with, own)).doesNotContainKey("rooms import only what their table allows");
    }

    private static ModuleLayout layout() {
        return ModuleLayout.of("common");
    }

    private static Map<String, String> broken(ModuleLayout layout, String... rooms) {
        String[] packages = Arrays.stream(rooms)
                .map(room -> ModuleLayout.ROOT + FIXTURE + room)
                .toArray(String[]::new);
        return messages(layout, ModuleLayout.importer().importPackages(packages));
    }

    /** The rules that fail, with their messages. */
    private static Map<String, String> messages(ModuleLayout layout, JavaClasses classes) {
        Map<String, String> messages = new TreeMap<>();
        layout.tests(classes).forEach(test -> collect(test, messages));
        return messages;
    }

    private static void collect(DynamicTest test, Map<String, String> messages) {
        try {
            test.getExecutable().execute();
        } catch (AssertionError error) {
            messages.put(test.getDisplayName(), error.getMessage());
        } catch (Throwable unexpected) {
            throw new IllegalStateException(test.getDisplayName(), unexpected);
        }
    }
}
