package io.ternmq.remoting.frame;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The bytes after a header, on their way out. May be views of memory that somebody else owns: whoever sends a body, or
 * decides not to, releases it exactly once. Not safe for use by several threads at a time.
 */
public final class Body {
    private static final Body EMPTY = new Body(List.of(), null);
    private static final byte[] NOTHING = new byte[0];

    private final List<ByteBuffer> buffers;
    private final int size;
    private Runnable onRelease; // null where nothing is leased or the lease is back

    private Body(List<ByteBuffer> buffers, Runnable onRelease) {
        this.buffers = buffers;
        this.size = sizeOf(buffers);
        this.onRelease = onRelease;
    }

    public static Body empty() {
        return EMPTY;
    }

    public static Body of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Body(List.of(ByteBuffer.wrap(bytes)), null);
    }

    /** The bytes from position to limit of {@code bytes}, which must not change until the body has been sent. */
    public static Body of(ByteBuffer bytes) {
        return new Body(List.of(bytes), null);
    }

    /** Views of leased memory; {@code onRelease} gives the lease back and is run once, on any thread. */
    public static Body leased(List<ByteBuffer> buffers, Runnable onRelease) {
        return new Body(List.copyOf(buffers), onRelease);
    }

    /** Bytes in all, from position to limit of each buffer. */
    public int size() {
        return size;
    }

    /** The parts in order; callers duplicate before they read. */
    public List<ByteBuffer> buffers() {
        return buffers;
    }

    /** The bytes as one buffer: the part itself if there is only one, else a copy. */
    public ByteBuffer joined() {
        return buffers.size() == 1 ? buffers.get(0) : ByteBuffer.wrap(toBytes());
    }

    /** The bytes as one array; for bodies that are texts, and for tests. */
    public byte[] toBytes() {
        if (buffers.isEmpty()) {
            return NOTHING;
        }
        ByteBuffer joined = ByteBuffer.allocate(size());
        buffers.forEach(part -> joined.put(part.duplicate()));
        return joined.array();
    }

    /** Gives leased memory back. Further calls do nothing. */
    public void release() {
        Runnable once = onRelease;
        if (once != null) {
            onRelease = null;
            once.run();
        }
    }

    private static int sizeOf(List<ByteBuffer> buffers) {
        int size = 0;
        for (int index = 0; index < buffers.size(); index++) {
            size += buffers.get(index).remaining();
        }
        return size;
    }
}
