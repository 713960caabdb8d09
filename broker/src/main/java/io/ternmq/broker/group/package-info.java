/**
 * The consumer groups that this broker knows. Owns their table, its file, and the commands that change and show it. May
 * import {@code remoting} and {@code common}. Start at {@link io.ternmq.broker.group.ConsumerGroups}.
 */
package io.ternmq.broker.group;
