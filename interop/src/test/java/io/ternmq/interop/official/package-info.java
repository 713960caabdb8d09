/**
 * The official client and admin tools behind the door of {@link io.ternmq.interop.api}. Owns no state of the tests.
 * Compiled once, against 5.5.0, and loaded anew for each release in a class loader of its own; so it uses only what every
 * tested release has in the same package, and admin tools only where nothing else of this package needs them. Imports
 * api and the official libraries, and nothing of TernMQ. Start at {@link io.ternmq.interop.official.OfficialLibrary}.
 */
package io.ternmq.interop.official;
