package io.ternmq.remoting.protocol.pull;

/** Bits of a pull's {@code sysFlag}. */
public final class PullFlags {
    /** The commit offset is to be stored. */
    public static final int COMMIT_OFFSET = 0x1;

    /** The broker may wait for a message before it answers. */
    public static final int SUSPEND = 0x2;

    /** The request brings its own expression. */
    public static final int SUBSCRIPTION = 0x4;

    public static final int CLASS_FILTER = 0x8;
    public static final int LITE_PULL = 0x10;

    private PullFlags() {}
}
