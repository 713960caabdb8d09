/**
 * Our own client behind the door of {@link io.ternmq.interop.api}. Owns no state of the tests. Its code is that of
 * {@link io.ternmq.interop.official} with other imports, and has to stay so: a user who moves to our client changes no more.
 * Imports api, common and client. Start at {@link io.ternmq.interop.tern.TernLibrary}.
 */
package io.ternmq.interop.tern;
