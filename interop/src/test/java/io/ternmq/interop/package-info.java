/**
 * Official clients on our servers, our client on the official servers, and, in the long run, official clients on official
 * servers, which judges the tests. Owns the processes of those servers. May import everything in this module; the official
 * types stay in {@link io.ternmq.interop.official}. Start at {@link io.ternmq.interop.Pairing}.
 *
 * <p>Several tests run at a time, on the same servers: a test takes names of its own from {@link io.ternmq.interop.Testbed},
 * and one that changes what others see, or that counts or measures what others do too, starts a cluster of its own or is
 * isolated.
 */
package io.ternmq.interop;
