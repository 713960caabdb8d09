package io.ternmq.common.layout;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The table of rooms of one module, written down as in section 3 of the architecture page, and turned into one test a
 * rule.
 *
 * <p>Package names leave out the root package {@code io.ternmq}. A name stands for that package alone; with two dots
 * behind it ({@code "remoting.."}) also for all below it; a star ({@code "remoting.protocol.*"}) stands for any one name.
 * The JDK and slf4j are open to all rooms; other libraries only where {@link #library} says so.
 */
public final class ModuleLayout {
    static final String ROOT = "io.ternmq.";

    private final String module;
    private final List<Room> rooms = new ArrayList<>();
    private final List<ArchRule> rules = new ArrayList<>();

    private ModuleLayout(String module) {
        this.module = module;
    }

    /** Begins the layout of the module whose root package is {@code io.ternmq.module}, with the rules all modules share. */
    public static ModuleLayout of(String module) {
        ModuleLayout layout = new ModuleLayout(module);
        return layout.rule(SharedRules.roomsAreFreeOfCycles())
                .rule(SharedRules.everyRoomIsDescribed())
                .rule(SharedRules.onlyTimeReadsTheClock())
                .rule(SharedRules.randomnessIsHandedIn())
                .rule(SharedRules.onlyWorkAndTransportStartThreads())
                .rule(SharedRules.constructorsTakeAtMostSevenArguments())
                .rule(SharedRules.nothingTakesAWholeServer())
                .rule(SharedRules.noStaticFieldChanges())
                .rule(SharedRules.namesSayWhatAThingIs());
    }

    /** Adds a row to the table: the room, and all it may import besides itself. */
    public ModuleLayout room(String room, String... mayImport) {
        rooms.add(new Room(PackagePattern.of(ROOT + room), patterns(ROOT, mayImport)));
        return this;
    }

    /** Opens a library, named by its packages in full, to the rooms that the pattern stands for. */
    public ModuleLayout library(String rooms, String... libraryPackages) {
        PackagePattern users = PackagePattern.of(ROOT + rooms);
        List<Room> opened = this.rooms.stream()
                .map(room -> room.isWithin(users) ? room.with(patterns("", libraryPackages)) : room)
                .toList();
        this.rooms.clear();
        this.rooms.addAll(opened);
        return this;
    }

    /** Adds a rule of this module alone. */
    public ModuleLayout rule(ArchRule rule) {
        rules.add(rule);
        return this;
    }

    /** One test for the table, and one for each further rule, over the main classes of the module. */
    public Stream<DynamicTest> tests() {
        return tests(mainClasses(ROOT + module));
    }

    Stream<DynamicTest> tests(JavaClasses classes) {
        return Stream.concat(Stream.of(RoomsRule.of(List.copyOf(rooms))), rules.stream())
                .map(rule -> rule.allowEmptyShould(true)) // a module may be laid out before it is built
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(classes)));
    }

    private static JavaClasses mainClasses(String rootPackage) {
        return importer()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
                .importPackages(rootPackage);
    }

    static ClassFileImporter importer() {
        // The rules look at names alone, so what lies outside the module need not be read: a tenth of the time.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter();
    }

    private static List<PackagePattern> patterns(String prefix, String... names) {
        return Arrays.stream(names)
                .map(name -> PackagePattern.of(prefix + name))
                .toList();
    }
}
