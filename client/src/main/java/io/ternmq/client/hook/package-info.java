/**
 * What applications may have run around each attempt to send. Owns nothing. May import common only. Start at
 * {@link io.ternmq.client.hook.SendMessageHook}.
 */
package io.ternmq.client.hook;
