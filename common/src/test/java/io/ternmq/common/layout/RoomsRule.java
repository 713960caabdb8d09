package io.ternmq.common.layout;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Optional;

/** The rule that each class lives in a room of the table and imports only what that room may. */
final class RoomsRule extends ArchCondition<JavaClass> {
    private final List<Room> rooms;

    private RoomsRule(List<Room> rooms) {
        super("import only what the table of rooms allows");
        this.rooms = rooms;
    }

    static ArchRule of(List<Room> rooms) {
        return classes().should(new RoomsRule(rooms)).as("rooms import only what their table allows");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        Optional<Room> room = roomOf(type);
        if (room.isEmpty()) {
            events.add(
                    SimpleConditionEvent.violated(
                            type,
                            type.getName()
                                    + " is in no room of the table: add its package to LayoutTest and to the architecture page"));
            return;
        }
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            if (!isAllowed(type, room.get(), target)) {
                events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
            }
        }
    }

    private Optional<Room> roomOf(JavaClass type) {
        return rooms.stream()
                .filter(room -> room.packages().matches(type.getPackageName()))
                .findFirst();
    }

    private static boolean isAllowed(JavaClass type, Room room, JavaClass target) {
        return target.isPrimitive()
                || target.getPackageName().equals(type.getPackageName())
                || room.mayImport(target.getPackageName());
    }
}
