/**
 * Official clients on our servers, our client on the official servers, and, in the long run, official clients on official
 * servers, which judges the tests. Owns the processes of those servers. May import everything in this module; the official
 * types stay in {@link io.ternmq.interop.official}. Start at {@link io.ternmq.interop.Pairing}.
 */
package io.ternmq.interop;
