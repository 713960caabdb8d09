package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.log.Hole;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a start found in the store and did about it. Positions and lengths are in bytes of the log.
 *
 * @param isClean whether the run before had ended cleanly
 * @param scannedFrom where the look through the log began; all below was known to be in the queues
 * @param end where the log ends now
 * @param records whole records found from {@code scannedFrom} to {@code end}
 * @param forced up to here the disk had confirmed the log, as far as the last run noted it
 * @param holes damaged parts that are stepped over, in order
 * @param cut what was cut off at the end; empty if the last whole record was followed by nothing
 * @param rederived projections that were derived again from further back than the rest of the log demanded, since files
 *     of theirs were missing or damaged; without those that catch up while the store serves
 */
public record RecoveryReport(
        boolean isClean,
        long scannedFrom,
        long end,
        long records,
        OptionalLong forced,
        List<Hole> holes,
        Optional<Cut> cut,
        List<Rederived> rederived) {

    public RecoveryReport {
        holes = List.copyOf(holes);
        rederived = List.copyOf(rederived);
    }

    /**
     * The end of the log was damaged and is no more.
     *
     * @param position where the log was cut
     * @param droppedRecords whole records that lay behind the damage
     * @param lostBytes of what the disk once had: how far the cut lies below the last noted forced position
     */
    public record Cut(long position, long droppedRecords, long lostBytes) {}

    /**
     * A projection was given records again.
     *
     * @param from position of the first of them
     */
    public record Rederived(String projection, long from) {}
}
