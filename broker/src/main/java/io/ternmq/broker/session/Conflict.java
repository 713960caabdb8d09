package io.ternmq.broker.session;

/**
 * Two members of one group that do not read the same.
 *
 * @param newcomer the client that said so last
 * @param newcomerReads what it reads where the other reads something else
 * @param member the client that was there
 * @param memberReads what that one reads there
 */
record Conflict(String group, String newcomer, String newcomerReads, String member, String memberReads) {

    String text() {
        return "group " + group + ": client " + newcomer + " subscribes to " + newcomerReads + ", client " + member
                + " to " + memberReads;
    }
}
