/**
 * The language of property filters that this protocol calls SQL92: text to tree, and tree against the properties of a
 * stored message. Owns no state but scratch space. May import {@code common} alone. Start at
 * {@link io.ternmq.broker.filter.sql.SqlCondition}.
 */
package io.ternmq.broker.filter.sql;
