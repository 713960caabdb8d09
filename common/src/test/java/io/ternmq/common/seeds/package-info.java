/** Random tests that can be run again: JUnit extension for tests that take a seed. Start at {@code Seeds}. */
package io.ternmq.common.seeds;
