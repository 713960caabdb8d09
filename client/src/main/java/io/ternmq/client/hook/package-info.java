/**
 * What applications may have run around each attempt to send and each call of a listener. Owns nothing. May import common
 * only. Start at {@link io.ternmq.client.hook.SendMessageHook} and {@link io.ternmq.client.hook.ConsumeMessageHook}.
 */
package io.ternmq.client.hook;
