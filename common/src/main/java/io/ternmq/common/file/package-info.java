/**
 * Small files that must never be half written, and the lock of a directory. Owns the files it is given, for as long as
 * it is. Imports the JDK and slf4j only. Start at {@link io.ternmq.common.file.AtomicFile}.
 */
package io.ternmq.common.file;
