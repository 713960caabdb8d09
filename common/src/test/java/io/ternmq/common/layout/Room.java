package io.ternmq.common.layout;

import java.util.List;
import java.util.stream.Stream;

/**
 * One row of the table of rooms.
 *
 * @param packages the package of the room, or a pattern that stands for several rooms under the same law
 * @param mayImport all the room may import, besides itself and what is open to all
 */
record Room(PackagePattern packages, List<PackagePattern> mayImport) {
    private static final List<PackagePattern> OPEN_TO_ALL = Stream.of("java..", "javax..", "org.slf4j..")
            .map(PackagePattern::of)
            .toList();

    Room with(List<PackagePattern> more) {
        return new Room(
                packages, Stream.concat(mayImport.stream(), more.stream()).toList());
    }

    boolean isWithin(PackagePattern rooms) {
        return rooms.equals(packages) || rooms.matches(packages.text());
    }

    boolean mayImport(String packageName) {
        return Stream.concat(OPEN_TO_ALL.stream(), mayImport.stream())
                .anyMatch(pattern -> pattern.matches(packageName));
    }
}
