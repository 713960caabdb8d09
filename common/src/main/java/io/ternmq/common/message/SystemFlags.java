package io.ternmq.common.message;

/** Bits of a message's {@code sysFlag}, on the wire and in the stored record. */
public final class SystemFlags {
    public static final int COMPRESSED = 0x1;
    public static final int MULTI_TAGS = 0x2;

    public static final int TRANSACTION_MASK = 0xC;
    public static final int TRANSACTION_NONE = 0x0;
    public static final int TRANSACTION_PREPARED = 0x4;
    public static final int TRANSACTION_COMMIT = 0x8;
    public static final int TRANSACTION_ROLLBACK = 0xC;

    public static final int BORN_HOST_V6 = 0x10;
    public static final int STORE_HOST_V6 = 0x20;
    public static final int NEEDS_UNWRAP = 0x40;
    public static final int INNER_BATCH = 0x80;

    public static final int COMPRESSION_MASK = 0x700;
    /** What clients before 5.0 wrote; means zlib. */
    public static final int COMPRESSION_UNSPECIFIED = 0x000;

    public static final int COMPRESSION_LZ4 = 0x100;
    public static final int COMPRESSION_ZSTD = 0x200;
    public static final int COMPRESSION_ZLIB = 0x300;

    private SystemFlags() {}

    /** One of the {@code TRANSACTION_} values. */
    public static int transaction(int sysFlag) {
        return sysFlag & TRANSACTION_MASK;
    }

    /** {@code sysFlag} with its transaction bits replaced. */
    public static int withTransaction(int sysFlag, int transaction) {
        return (sysFlag & ~TRANSACTION_MASK) | transaction;
    }

    public static boolean isSet(int sysFlag, int bit) {
        return (sysFlag & bit) != 0;
    }
}
