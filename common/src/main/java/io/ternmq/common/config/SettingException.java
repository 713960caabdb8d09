package io.ternmq.common.config;

/** A value that a setting does not take. The message names the key, the value and what was expected. */
public final class SettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;

    public SettingException(String key, String value, String expected) {
        super("Setting " + key + "=" + value + " is not valid: expected " + expected);
        this.key = key;
    }

    /** The key whose value was refused. */
    public String key() {
        return key;
    }
}
