/**
 * Objects that the bodies of several areas hold: data versions, topic and subscription configurations, queues as names,
 * lists of topics. They have a package of their own because an area imports no other area, and because the room above
 * knows codes and failures but no body. Owns no state. May import {@code remoting.frame}, {@code remoting.protocol} and
 * {@code common}. Start at {@link io.ternmq.remoting.protocol.body.JsonBody}.
 */
package io.ternmq.remoting.protocol.body;
