package io.ternmq.common.layout;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.function.Predicate;

/** The rules of section 10 of the architecture page that hold in every module. */
public final class SharedRules {
    private static final int CONSTRUCTOR_ARGUMENTS_MAX = 7;
    private static final String TIME = ModuleLayout.ROOT + "common.time";
    private static final String WORK = ModuleLayout.ROOT + "common.work";
    private static final String TRANSPORT = ModuleLayout.ROOT + "remoting.transport";

    /** The composition roots: rooms are handed the one thing they need instead. */
    private static final Set<String> WHOLE_SERVERS =
            Set.of(ModuleLayout.ROOT + "broker.Broker", ModuleLayout.ROOT + "namesrv.NameServer");

    private SharedRules() {}

    static ArchRule roomsAreFreeOfCycles() {
        return slices().matching(ModuleLayout.ROOT + "(**)")
                .should()
                .beFreeOfCycles()
                .as("rooms are free of cycles");
    }

    static ArchRule everyRoomIsDescribed() {
        return classes()
                .should(satisfy("be in a described package", SharedRules::isInADescribedPackage))
                .as("every room has a package-info.java");
    }

    static ArchRule onlyTimeReadsTheClock() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(TIME, WORK)
                .should()
                .accessTargetWhere(Calls.that("read the clock or sleep", Calls::readTheClock))
                .as("only common.time and common.work read the clock or sleep");
    }

    static ArchRule randomnessIsHandedIn() {
        return noClasses()
                .should()
                .accessTargetWhere(Calls.that("draw from a shared source", Calls::drawUnseeded))
                .as("randomness is handed in, never drawn from a shared source");
    }

    static ArchRule onlyWorkAndTransportStartThreads() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(WORK, TRANSPORT)
                .should()
                .accessTargetWhere(Calls.that("start threads", Calls::startThreads))
                .as("only common.work and remoting.transport start threads");
    }

    static ArchRule constructorsTakeAtMostSevenArguments() {
        return constructors()
                .that(describe(
                        "are not a record's",
                        constructor -> !constructor.getOwner().isRecord()))
                .should(satisfy("take few arguments", SharedRules::takesFewArguments))
                .as("no constructor but a record's takes more than " + CONSTRUCTOR_ARGUMENTS_MAX + " arguments");
    }

    static ArchRule nothingTakesAWholeServer() {
        return codeUnits()
                .that()
                .areNotPrivate()
                .should(satisfy("not take a whole server", SharedRules::takesNoWholeServer))
                .as("nothing takes a whole server");
    }

    static ArchRule noStaticFieldChanges() {
        return fields().that().areStatic().should().beFinal().as("there is no static state");
    }

    static ArchRule namesSayWhatAThingIs() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl)")
                .as("names say what a thing is: no Manager, Helper, Util, Impl");
    }

    private static boolean isInADescribedPackage(JavaClass type) {
        return type.getPackage().containsClassWithSimpleName("package-info");
    }

    private static boolean takesFewArguments(JavaConstructor constructor) {
        return constructor.getRawParameterTypes().size() <= CONSTRUCTOR_ARGUMENTS_MAX;
    }

    private static boolean takesNoWholeServer(JavaCodeUnit unit) {
        return unit.getRawParameterTypes().stream().noneMatch(type -> WHOLE_SERVERS.contains(type.getName()));
    }

    private static <T> ArchCondition<T> satisfy(String description, Predicate<T> predicate) {
        return new ArchCondition<>(description) {
            @Override
            public void check(T item, ConditionEvents events) {
                if (!predicate.test(item)) {
                    events.add(SimpleConditionEvent.violated(item, item + " does not " + description));
                }
            }
        };
    }
}
