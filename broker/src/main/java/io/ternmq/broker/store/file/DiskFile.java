package io.ternmq.broker.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * A file of the machine. Owns its channel, which the JDK closes under everyone when a thread that uses it is
 * interrupted; it is then opened anew and the call repeated.
 */
final class DiskFile implements StoreFile {
    private final Path path;
    private volatile FileChannel channel; // replaced under this object's lock
    private boolean isClosed; // guarded by this object's lock

    DiskFile(Path path, OpenOption... options) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path, options);
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public long size() throws IOException {
        return uninterrupted(FileChannel::size);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int began = target.position();
        while (target.hasRemaining()) {
            if (uninterrupted(open -> (long) open.read(target, position + target.position() - began)) < 0) {
                break;
            }
        }
        return target.position() - began;
    }

    @Override
    public void write(ByteBuffer source, long position) throws IOException {
        int began = source.position();
        try {
            while (source.hasRemaining()) {
                // Looked at in each attempt: one that is interrupted may have written a part.
                uninterrupted(open -> (long) open.write(source, position + source.position() - began));
            }
        } catch (IOException e) {
            throw isLackOfSpace(e) ? new DiskFullException(path, position, source.limit() - began, e) : e;
        }
    }

    @Override
    public void resize(long bytes) throws IOException {
        long size = size();
        if (bytes < size) {
            uninterrupted(open -> {
                open.truncate(bytes);
                return 0L;
            });
        } else if (bytes > size) {
            // The last byte gives the file its length; all before it stays a hole that reads as zeros.
            write(ByteBuffer.allocate(1), bytes - 1);
        }
    }

    @Override
    public void force() throws IOException {
        uninterrupted(open -> {
            open.force(true);
            return 0L;
        });
    }

    @Override
    public Mapping map(int bytes) throws IOException {
        if (size() < bytes) {
            // The JDK would lengthen the file silently, and a mapping beyond the end would be fatal to touch.
            throw new IOException(path + " has " + size() + " bytes: expected at least " + bytes + " to map");
        }
        MappedByteBuffer[] mapped = new MappedByteBuffer[1];
        uninterrupted(open -> {
            mapped[0] = open.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
            return 0L;
        });
        return new DiskMapping(path, mapped[0]);
    }

    @Override
    public synchronized void close() throws IOException {
        isClosed = true;
        channel.close();
    }

    private interface Call {
        long on(FileChannel channel) throws IOException;
    }

    private long uninterrupted(Call call) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                FileChannel open = channel;
                try {
                    return call.on(open);
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                    reopen(open);
                } catch (ClosedChannelException e) {
                    reopen(open); // by the interrupt of another thread, or by close, which throws here
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void reopen(FileChannel broken) throws IOException {
        if (isClosed) {
            throw new ClosedChannelException();
        }
        if (channel == broken) {
            channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
    }

    // The JDK has no type for this; the text is the operating system's, which the JDK does not translate.
    private static boolean isLackOfSpace(IOException e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return text.contains("no space left") || text.contains("quota exceeded") || text.contains("enough space");
    }
}
