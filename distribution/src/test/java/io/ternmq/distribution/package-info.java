/**
 * Tests of what is shipped: the scripts under several shells, and the servers as an operator starts them.
 *
 * <p>They run the unpacked distribution, copied to a path with spaces. Start at {@link
 * io.ternmq.distribution.Distribution}.
 */
package io.ternmq.distribution;
