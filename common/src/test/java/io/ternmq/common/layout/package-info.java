/**
 * The layout of a module as a test: which room may import which, and the rules that hold in every room.
 *
 * <p>Test code, published in the test-jar of {@code common} for the {@code LayoutTest} of each module. May import ArchUnit
 * and JUnit. Start at {@link io.ternmq.common.layout.ModuleLayout}.
 */
package io.ternmq.common.layout;
