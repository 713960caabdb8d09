package io.ternmq.broker.send;

import io.ternmq.common.message.MessageProperties;
import io.ternmq.common.message.SendId;
import java.util.Optional;

/**
 * The property string of one message on its way in: what in it matters to the broker, found in one pass, and the string
 * to store. Makes no map, since every message comes through here. Used by one thread.
 */
final class SentProperties {
    private static final char NAME_END = MessageProperties.NAME_VALUE_SEPARATOR;
    private static final char PAIR_END = MessageProperties.PROPERTY_SEPARATOR;

    private final String sent;
    private String uniqueKey = "";
    private String sendId = "";
    private boolean waitsForConfirmation = true;
    private boolean isHalfMessage;
    private int delayLevel;
    private String badDelay = "";
    private String timer = "";
    private boolean hasReplaced; // whether a pair stands in the string that the broker writes itself or drops

    private SentProperties(String sent) {
        this.sent = sent;
    }

    /** Looks through {@code sent}; of several pairs of one name the last one counts. */
    static SentProperties scan(String sent) {
        SentProperties properties = new SentProperties(sent);
        int start = 0;
        while (start < sent.length()) {
            int end = pairEnd(sent, start);
            int nameEnd = sent.indexOf(NAME_END, start);
            if (nameEnd > start && nameEnd + 1 < end) {
                properties.note(start, nameEnd, end);
            }
            start = end + 1;
        }
        return properties;
    }

    /** The id that the client gave the message; empty if it gave none. */
    Optional<String> uniqueKey() {
        return uniqueKey.isEmpty() ? Optional.empty() : Optional.of(uniqueKey);
    }

    /** Which send of its producer this is, if the producer says so. */
    Optional<SendId> sendId() {
        return SendId.parse(sendId);
    }

    /** Whether the sender wants its answer only when disk and replicas have confirmed. */
    boolean waitsForConfirmation() {
        return waitsForConfirmation;
    }

    /** Whether the message is to become visible only when its transaction commits. */
    boolean isHalfMessage() {
        return isHalfMessage;
    }

    /** The number of the delay level by which the message is to be held back; 0 if by none. */
    int delayLevel() {
        return delayLevel;
    }

    /**
     * The property, as {@code name=value}, that asks to deliver the message later in a way that is not understood here;
     * empty if none does. A delay level wins over a time.
     */
    Optional<String> wronglyHeldBackBy() {
        String pair = badDelay.isEmpty() && delayLevel == 0 ? timer : badDelay;
        return pair.isEmpty() ? Optional.empty() : Optional.of(pair);
    }

    /**
     * The string to store.
     *
     * @param added pairs of the broker's own, each ended by the separator
     */
    String stored(String added) {
        StringBuilder text = new StringBuilder(sent.length() + added.length() + 1);
        if (hasReplaced || hasOverruledTimer()) {
            appendKept(text);
        } else {
            text.append(sent);
        }
        if (!text.isEmpty() && text.charAt(text.length() - 1) != PAIR_END) {
            text.append(PAIR_END);
        }
        return text.append(added).toString();
    }

    private void note(int start, int nameEnd, int end) {
        switch (sent.charAt(start)) {
            case 'U' -> {
                if (isName(MessageProperties.UNIQUE_KEY, start, nameEnd)) {
                    uniqueKey = sent.substring(nameEnd + 1, end);
                }
            }
            case 'W' -> {
                if (isName(MessageProperties.WAIT, start, nameEnd)) {
                    waitsForConfirmation = !isValue("false", nameEnd, end);
                }
            }
            case 'D' -> {
                if (isName(MessageProperties.DELAY, start, nameEnd)) {
                    noteDelay(start, nameEnd, end);
                }
            }
            case 'T' -> noteT(start, nameEnd, end);
            default -> hasReplaced |= isReplaced(start, nameEnd);
        }
    }

    private void noteT(int start, int nameEnd, int end) {
        if (isName(MessageProperties.TRANSACTION_PREPARED, start, nameEnd)) {
            isHalfMessage = isValue("true", nameEnd, end);
        } else if (isTimer(start, nameEnd)) {
            timer = pair(start, nameEnd, end);
        } else if (isName(MessageProperties.SEND_ID, start, nameEnd)) {
            sendId = sent.substring(nameEnd + 1, end);
        } else {
            hasReplaced |= isReplaced(start, nameEnd);
        }
    }

    // Level 0 and negative ones mean "no delay"; whatever else stands there was not meant to arrive at once.
    private void noteDelay(int start, int nameEnd, int end) {
        try {
            delayLevel = Math.max(0, Integer.parseInt(sent, nameEnd + 1, end, 10));
            badDelay = "";
        } catch (NumberFormatException e) {
            delayLevel = 0;
            badDelay = pair(start, nameEnd, end);
        }
    }

    private boolean isTimer(int start, int nameEnd) {
        return isName(MessageProperties.TIMER_DELAY_SECONDS, start, nameEnd)
                || isName(MessageProperties.TIMER_DELAY_MILLIS, start, nameEnd)
                || isName(MessageProperties.TIMER_DELIVER_MILLIS, start, nameEnd)
                || isName(MessageProperties.TIMER_DELETE_UNIQUE_KEY, start, nameEnd);
    }

    private boolean hasOverruledTimer() {
        return delayLevel > 0 && !timer.isEmpty();
    }

    private boolean isReplaced(int start, int nameEnd) {
        return isName(MessageProperties.CLUSTER, start, nameEnd)
                || isName(MessageProperties.MSG_REGION, start, nameEnd)
                || isName(MessageProperties.TRACE_ON, start, nameEnd)
                || isName(MessageProperties.POP_RECEIPT, start, nameEnd);
    }

    private void appendKept(StringBuilder text) {
        int start = 0;
        while (start < sent.length()) {
            int end = pairEnd(sent, start);
            int nameEnd = sent.indexOf(NAME_END, start);
            boolean isPair = nameEnd >= 0 && nameEnd <= end;
            if (!isPair || !(isReplaced(start, nameEnd) || (hasOverruledTimer() && isTimer(start, nameEnd)))) {
                text.append(sent, start, Math.min(end + 1, sent.length()));
            }
            start = end + 1;
        }
    }

    private boolean isName(String name, int start, int nameEnd) {
        return nameEnd - start == name.length() && sent.startsWith(name, start);
    }

    private boolean isValue(String value, int nameEnd, int end) {
        return end - nameEnd - 1 == value.length() && sent.regionMatches(true, nameEnd + 1, value, 0, value.length());
    }

    private String pair(int start, int nameEnd, int end) {
        return sent.substring(start, nameEnd) + "=" + sent.substring(nameEnd + 1, end);
    }

    private static int pairEnd(String text, int start) {
        int end = text.indexOf(PAIR_END, start);
        return end < 0 ? text.length() : end;
    }
}
