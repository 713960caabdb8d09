/**
 * Programs that show how the SDK and the embedded cluster are used; {@code ./quickstart} runs one of them.
 *
 * <p>Own nothing. May import {@code embedded}, {@code client} and {@code common.message}, as a user's program would.
 */
package io.ternmq.examples;
