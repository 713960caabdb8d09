/**
 * The clients that are connected: who they are, which groups they belong to, what they subscribe to, and which queues
 * they have for themselves. Owns these tables; nothing of it is saved, since clients say it again every 30 s. May
 * import {@code broker.group}, {@code remoting} and {@code common}. Start at
 * {@link io.ternmq.broker.session.ClientSessions}.
 */
package io.ternmq.broker.session;
