/**
 * The door between the tests and a client library. Owns no state. Only types of the JDK and of this package pass through
 * it, because an official client lives in a class loader of its own and none of its types may come out. Imports nothing.
 * Start at {@link io.ternmq.interop.api.ClientLibrary}.
 */
package io.ternmq.interop.api;
