package io.ternmq.common.topic;

/** Bits of a topic's permission, on the wire and in files. */
public final class Permission {
    /** New topics may be made in the image of this one. */
    public static final int INHERIT = 0x1;

    public static final int WRITE = 0x2;
    public static final int READ = 0x4;
    public static final int READ_WRITE = READ | WRITE;
    public static final int ALL = READ | WRITE | INHERIT;

    private Permission() {}

    /** Whether {@code permission} is one that a topic may have: 0 to 7. */
    public static boolean isValid(int permission) {
        return (permission & ~ALL) == 0;
    }

    public static boolean isReadable(int permission) {
        return (permission & READ) != 0;
    }

    public static boolean isWritable(int permission) {
        return (permission & WRITE) != 0;
    }

    public static boolean isInherited(int permission) {
        return (permission & INHERIT) != 0;
    }

    /** As operators know it: {@code RWX}, with {@code -} for what is missing. */
    public static String describe(int permission) {
        return (isReadable(permission) ? "R" : "-")
                + (isWritable(permission) ? "W" : "-")
                + (isInherited(permission) ? "X" : "-");
    }
}
