package io.ternmq.common.message;

import java.util.Collection;
import java.util.Map;

/**
 * What a producer sends: a topic, a body and properties. Owned by the application, which may change it and send it
 * again: sending does not change it. Not safe for a change by one thread while another reads or sends it.
 *
 * <p>Method names are those that users of this protocol know; getters answer {@code null} for what is not set.
 */
public class Message {
    private static final String NOTHING = "";
    private static final int TEXT_CAPACITY = 128; // holds tags, keys and a unique id without growing

    private String topic;
    private int flag;
    private byte[] body;
    private String transactionId;

    // Set from one of the two: a received message keeps the text until somebody asks for a property. Volatile because
    // any reader of a received message may be the one that parses it.
    private volatile PropertyList properties;
    private volatile String unparsed = NOTHING;

    public Message() {}

    public Message(String topic, byte[] body) {
        this(topic, NOTHING, NOTHING, 0, body, true);
    }

    public Message(String topic, String tags, byte[] body) {
        this(topic, tags, NOTHING, 0, body, true);
    }

    public Message(String topic, String tags, String keys, byte[] body) {
        this(topic, tags, keys, 0, body, true);
    }

    /**
     * @param topic where to send
     * @param tags one tag that consumers can filter by; null or empty for none
     * @param keys index keys separated by blanks; null or empty for none
     * @param flag any number; stored and delivered as it is
     * @param body the content; not copied, so it must not change until the send has ended
     * @param waitStoreMsgOK false to be answered before the broker's disk and replicas have the message
     */
    public Message(String topic, String tags, String keys, int flag, byte[] body, boolean waitStoreMsgOK) {
        this.topic = topic;
        this.flag = flag;
        this.body = body;
        // Not by the setters: a subclass may have its own, which must not run before it is built.
        if (tags != null && !tags.isEmpty()) {
            putProperty(MessageProperties.TAGS, tags);
        }
        if (keys != null && !keys.isEmpty()) {
            putProperty(MessageProperties.KEYS, keys);
        }
        if (!waitStoreMsgOK) {
            putProperty(MessageProperties.WAIT, "false");
        }
    }

    /** Collects what a message to {@code topic} is to be like. */
    public static MessageBuilder builder(String topic) {
        return new MessageBuilder(topic);
    }

    public String getTopic() {
        return topic;
    }

    public void setTopic(String topic) {
        this.topic = topic;
    }

    public int getFlag() {
        return flag;
    }

    public void setFlag(int flag) {
        this.flag = flag;
    }

    /** The body itself, not a copy. */
    public byte[] getBody() {
        return body;
    }

    public void setBody(byte[] body) {
        this.body = body;
    }

    public String getTransactionId() {
        return transactionId;
    }

    public void setTransactionId(String transactionId) {
        this.transactionId = transactionId;
    }

    public String getTags() {
        return getProperty(MessageProperties.TAGS);
    }

    public void setTags(String tags) {
        putProperty(MessageProperties.TAGS, tags);
    }

    public String getKeys() {
        return getProperty(MessageProperties.KEYS);
    }

    public void setKeys(String keys) {
        putProperty(MessageProperties.KEYS, keys);
    }

    public void setKeys(Collection<String> keys) {
        setKeys(String.join(MessageProperties.KEY_SEPARATOR, keys));
    }

    /** 0 when none is set. */
    public int getDelayTimeLevel() {
        String level = getProperty(MessageProperties.DELAY);
        return level == null ? 0 : Integer.parseInt(level);
    }

    /** Has the broker deliver after the level's delay: 1 for the first of its delay table, 0 for none. */
    public void setDelayTimeLevel(int level) {
        putProperty(MessageProperties.DELAY, Integer.toString(level));
    }

    public void setDelayTimeSec(long seconds) {
        putProperty(MessageProperties.TIMER_DELAY_SECONDS, Long.toString(seconds));
    }

    public void setDelayTimeMs(long millis) {
        putProperty(MessageProperties.TIMER_DELAY_MILLIS, Long.toString(millis));
    }

    public void setDeliverTimeMs(long wallMillis) {
        putProperty(MessageProperties.TIMER_DELIVER_MILLIS, Long.toString(wallMillis));
    }

    public boolean isWaitStoreMsgOK() {
        String wait = getProperty(MessageProperties.WAIT);
        return wait == null || Boolean.parseBoolean(wait);
    }

    public void setWaitStoreMsgOK(boolean wait) {
        putProperty(MessageProperties.WAIT, Boolean.toString(wait));
    }

    /**
     * Sets a property of the application's own.
     *
     * @throws IllegalArgumentException if the name or the value is blank, the name means something to the system, or
     *     either contains the separators 0x01 or 0x02
     */
    public void putUserProperty(String name, String value) {
        if (name == null || name.isBlank() || value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    "Property name and value must not be blank: name=" + name + ", value=" + value);
        }
        if (ReservedProperties.contains(name)) {
            throw new IllegalArgumentException(
                    "Property " + name + " is used by the system: choose another name, or the setter that it has");
        }
        requireNoSeparator(name, name);
        requireNoSeparator(name, value);
        putProperty(name, value);
    }

    public String getUserProperty(String name) {
        return getProperty(name);
    }

    /** A property by name, the system's ones included. */
    public String getProperty(String name) {
        return properties().find(name).orElse(null);
    }

    /** All properties, as an unmodifiable copy. */
    public Map<String, String> getProperties() {
        return properties().toMap();
    }

    /**
     * The text form of all properties, as the wire carries it; empty if there are none. The id of a send is left out: a
     * received message that is sent on is another send.
     */
    public String propertyText() {
        PropertyList parsed = properties();
        if (parsed.isEmpty()) {
            return NOTHING;
        }
        StringBuilder text = new StringBuilder(TEXT_CAPACITY);
        parsed.appendTo(text, MessageProperties.SEND_ID);
        return text.toString();
    }

    /** As {@link #propertyText}, and one property more, which the message does not get. */
    public String propertyTextWith(String name, String value) {
        StringBuilder text = new StringBuilder(TEXT_CAPACITY);
        properties().appendTo(text, MessageProperties.SEND_ID);
        PropertyString.appendTo(text, name, value);
        return text.toString();
    }

    @Override
    public String toString() {
        return "Message [topic=" + topic + ", flag=" + flag + ", properties=" + getProperties() + ", bodyBytes="
                + (body == null ? 0 : body.length) + "]";
    }

    /** Takes properties as received; they are parsed when first asked for. */
    final void setPropertyText(String text) {
        unparsed = text;
        properties = null;
    }

    final void putProperty(String name, String value) {
        if (value == null) {
            properties().remove(name);
        } else {
            properties().put(name, value);
        }
    }

    private PropertyList properties() {
        PropertyList parsed = properties;
        if (parsed == null) {
            parsed = PropertyList.parse(unparsed);
            properties = parsed;
        }
        return parsed;
    }

    private static void requireNoSeparator(String name, String text) {
        if (text.indexOf(MessageProperties.NAME_VALUE_SEPARATOR) >= 0
                || text.indexOf(MessageProperties.PROPERTY_SEPARATOR) >= 0) {
            throw new IllegalArgumentException("Property " + name.strip()
                    + " contains 0x01 or 0x02, which separate properties on the wire: encode the value");
        }
    }
}
