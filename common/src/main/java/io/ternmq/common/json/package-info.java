/**
 * Texts in JSON as the peers of this protocol write it, which is not quite JSON: bare numbers and whole objects stand
 * as member names. Owns the only reader and writer of that dialect; nothing else in the house knows how such a text
 * looks, and no text can name a class to create. Imports the JDK only. Start at
 * {@link io.ternmq.common.json.JsonObject} to read a body, at {@link io.ternmq.common.json.JsonWriter} to write one, and
 * at {@link io.ternmq.common.json.JsonReader} where no tree is wanted.
 */
package io.ternmq.common.json;
