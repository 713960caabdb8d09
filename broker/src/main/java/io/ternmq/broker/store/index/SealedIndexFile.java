package io.ternmq.broker.store.index;

import io.ternmq.broker.store.file.StoreFile;
import io.ternmq.broker.store.file.StoreFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/** A full index file, opened for each query. Immutable but for its removal. */
final class SealedIndexFile implements IndexPart {
    private final StoreFiles files;
    private final Path path;
    private final IndexLayout layout;
    private final IndexHeader header;

    SealedIndexFile(StoreFiles files, Path path, IndexLayout layout, IndexHeader header) {
        this.files = files;
        this.path = path;
        this.layout = layout;
        this.header = header;
    }

    @Override
    public IndexHeader header() {
        return header;
    }

    @Override
    public void search(KeySearch search) throws IOException {
        Optional<StoreFile> opened = IndexDirectory.openIfThere(files, path);
        if (opened.isEmpty()) {
            return;
        }
        try (StoreFile file = opened.get()) {
            ByteBuffer slot = ByteBuffer.allocate(IndexLayout.SLOT_BYTES);
            file.read(slot, layout.slotAt(layout.slotOf(search.hash())));
            int first = slot.getInt(0);
            search.walk(file, layout, first < header.next() ? first : 0, header);
        }
    }

    Path path() {
        return path;
    }
}
