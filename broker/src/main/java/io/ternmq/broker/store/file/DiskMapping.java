package io.ternmq.broker.store.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A mapping of the machine. Unmapped explicitly, since the disk keeps a deleted file's blocks while it is mapped, and a
 * collector that has nothing else to do may leave it so for hours: retention on a full disk would not help. Callers
 * guard it by leases. On a JDK without the means, the collector does it in the end.
 */
final class DiskMapping implements Mapping {
    private static final Optional<MethodHandle> UNMAPPER = findUnmapper();

    private final Path path;
    private final MappedByteBuffer buffer;
    private final AtomicBoolean isUnmapped = new AtomicBoolean(); // set by the one that unmaps

    DiskMapping(Path path, MappedByteBuffer buffer) {
        this.path = path;
        this.buffer = buffer;
    }

    @Override
    public ByteBuffer buffer() {
        return buffer;
    }

    @Override
    public boolean isInMemory(int index, int length) {
        return buffer.slice(index, length).isLoaded(); // mincore(2), where there is that
    }

    @Override
    public void force(int index, int length) throws IOException {
        try {
            buffer.force(index, length);
        } catch (UncheckedIOException e) {
            throw new IOException("cannot force " + length + " bytes at " + index + " of " + path, e.getCause());
        }
    }

    @Override
    public void unmap() {
        if (isUnmapped.compareAndSet(false, true) && UNMAPPER.isPresent()) {
            try {
                UNMAPPER.get().invoke((ByteBuffer) buffer);
            } catch (Throwable e) { // what a method handle declares
                throw new IllegalStateException("cannot unmap " + path, e);
            }
        }
    }

    // By name, since the class is in a module that compiles only with a warning; it has been there in every JDK since
    // 9.
    private static Optional<MethodHandle> findUnmapper() {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field instance = type.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            MethodHandle cleaner = MethodHandles.lookup()
                    .findVirtual(type, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class));
            return Optional.of(cleaner.bindTo(instance.get(null)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty(); // see the class comment
        }
    }
}
