/**
 * Tells brokers whether clients can reach them, by dialling them back. Owns the checks that are under way. May import
 * namesrv.route, remoting, common. Start at DialBack.
 */
package io.ternmq.namesrv.reach;
