package io.ternmq.broker.store.log;

import io.ternmq.broker.store.StoreException;
import io.ternmq.broker.store.file.StoreFile;
import io.ternmq.broker.store.file.StoreFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the files of a log that is there, with the length they have, and repairs those cut short. Stateless. */
public final class LogFiles {
    private static final Logger logger = LoggerFactory.getLogger(LogFiles.class);
    private static final int PAGE_BYTES = 4096;

    private record Named(long base, StoreFile file, long bytes) {}

    private final StoreFiles files;

    public LogFiles(StoreFiles files) {
        this.files = files;
    }

    /**
     * Opens the log in a directory, which is made if missing. All of what is there can be read; to append, end it with
     * {@link #cutAt}.
     *
     * @param segmentBytes length of files if there are none yet that tell
     * @throws StoreException if the files do not make up a log
     */
    public CommitLog open(Path directory, int segmentBytes) throws IOException {
        files.makeDirectory(directory);
        List<Named> found = openAll(directory);
        if (found.isEmpty()) {
            forceNamesAbove(directory);
        }
        // The last run may have been killed between making a file and making its name safe.
        files.forceDirectory(directory);
        int length = found.isEmpty() ? segmentBytes : lengthOf(found, segmentBytes);
        if (length != segmentBytes) {
            logger.info("Log files keep the length they have. bytes={} configured={}", length, segmentBytes);
        }
        CommitLog log = new CommitLog(files, directory, length);
        for (Named named : found) {
            repair(named, length);
            if (log.segmentCount() > 0 && named.base() != log.endPosition()) {
                throw new StoreException("log file " + named.file().path() + " does not follow the one before it:"
                        + " expected one that begins at " + log.endPosition());
            }
            log.add(LogSegment.unmapped(named.base(), length, named.file()));
        }
        return log;
    }

    // A log that begins: its directories may be as new as it is, and a power cut that takes their names takes all.
    private void forceNamesAbove(Path directory) throws IOException {
        for (Path at = directory.toAbsolutePath().getParent(); at != null; at = at.getParent()) {
            try {
                files.forceDirectory(at);
            } catch (AccessDeniedException e) {
                logger.debug("A directory that is not ours to read is not forced, nor what is above it.", e);
                return; // whoever may not read it has not made the one below it
            }
        }
    }

    /** Makes what the last run appended but did not note as forced ready to be forced by {@link #cutAt}. */
    public void rewrite(CommitLog log, long noted, long end) throws IOException {
        log.rewrite(noted, end);
    }

    /**
     * Ends the log at {@code position} and makes it ready for appends; all below it is on disk afterwards.
     *
     * @param forced up to here the disk is known to have it
     */
    public void cutAt(CommitLog log, long position, long forced) throws IOException {
        log.forceFrom(Math.min(forced, position));
        log.cutAt(position);
    }

    private List<Named> openAll(Path directory) throws IOException {
        List<Named> found = new ArrayList<>();
        List<String> names = files.fileNames(directory);
        for (String name : names) {
            if (!name.matches("[0-9]{20}")) {
                logger.warn("A file in the log's directory is none of it and is left alone. file={}", name);
                continue;
            }
            StoreFile file = files.open(directory.resolve(name));
            long bytes = file.size();
            if (bytes == 0 && name.equals(names.get(names.size() - 1))) {
                file.close();
                files.delete(file.path());
                continue;
            }
            found.add(new Named(Long.parseLong(name), file, bytes));
        }
        return found;
    }

    // Two names tell by their distance. A single file tells by its length, unless that can only come from having been
    // cut short: files are made in their full length at once, and nobody configures one that is not whole pages.
    private static int lengthOf(List<Named> found, int configured) {
        long length;
        if (found.size() > 1) {
            length = found.get(1).base() - found.get(0).base();
        } else {
            long bytes = found.get(0).bytes();
            boolean tells = bytes >= PAGE_BYTES
                    && bytes % PAGE_BYTES == 0
                    && found.get(0).base() % bytes == 0;
            length = tells ? bytes : configured;
        }
        if (length <= 0 || length > Integer.MAX_VALUE) {
            throw new StoreException("log files " + found.get(0).file().path() + " and following are " + length
                    + " bytes apart: expected 1 to " + Integer.MAX_VALUE);
        }
        return (int) length;
    }

    private static void repair(Named named, int length) throws IOException {
        if (named.bytes() > length) {
            throw new StoreException(
                    "log file " + named.file().path() + " has " + named.bytes() + " bytes: expected at most " + length);
        }
        if (named.bytes() < length) {
            logger.warn(
                    "Log file was cut short and is lengthened. file={} bytes={} expected={}",
                    named.file().path(),
                    named.bytes(),
                    length);
            named.file().resize(length);
        }
    }
}
