/**
 * Frames and headers: how a command lies in bytes. Owns no state. May import {@code common.json}; may use Netty's
 * buffers and codecs. Start at {@code RemotingCommand}.
 */
package io.ternmq.remoting.frame;
