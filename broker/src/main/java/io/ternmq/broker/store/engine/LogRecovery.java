package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.Projection;
import io.ternmq.broker.store.dispatch.LogDispatcher.Feed;
import io.ternmq.broker.store.engine.LogStart.Start;
import io.ternmq.broker.store.engine.RecoveryReport.Rederived;
import io.ternmq.broker.store.log.CommitLog;
import io.ternmq.broker.store.log.LogCursor;
import io.ternmq.broker.store.log.LogFiles;
import io.ternmq.common.time.Clock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a log and what is derived from it in order at start: finds where to begin, has projections forget what is not
 * certain, looks for the log's end, and ends it there. The same whether the last stop was clean or not.
 */
final class LogRecovery {
    private static final Logger logger = LoggerFactory.getLogger(LogRecovery.class);

    /**
     * The outcome.
     *
     * @param feeds each projection with the position from which it is to be fed
     * @param dispatchFrom where the dispatcher begins: at or below each of them
     * @param last newest record of the log, if any was seen
     */
    record Recovered(RecoveryReport report, List<Feed> feeds, long dispatchFrom, Optional<RecoveryScan.Last> last) {

        /** Whether nothing is derived again of what a note says that there is. */
        boolean goesOnFrom(Checkpoint.Place noted) {
            return report.rederived().isEmpty() && dispatchFrom == noted.dispatched();
        }
    }

    private final CommitLog log;
    private final LogFiles files;
    private final List<Projection> projections;
    private final Clock clock;

    LogRecovery(CommitLog log, LogFiles files, List<Projection> projections, Clock clock) {
        this.log = log;
        this.files = files;
        this.projections = List.copyOf(projections);
        this.clock = clock;
    }

    /**
     * @param checkpoint what the last run left
     * @param isClean whether that run ended cleanly
     */
    Recovered run(Checkpoint.State checkpoint, boolean isClean) throws IOException {
        OptionalLong noted = checkpoint.forced();
        try (LogCursor cursor = new LogCursor(log)) {
            Start start = new LogStart(log, cursor).find(checkpoint, clock.wallMillis());
            List<Feed> feeds = rewindAll(start.derived());
            long first = feeds.stream()
                    .filter(feed -> !feed.projection().mayLag())
                    .mapToLong(Feed::from)
                    .min()
                    .orElse(start.derived());
            boolean isBehind = first < start.derived();
            // Those that may lag catch up while the store serves. Another that is behind knows no beginning of a
            // record,
            // but each segment begins with one.
            long scanFrom = isBehind ? Math.min(start.scanFrom(), log.baseOf(first)) : start.scanFrom();
            RecoveryScan.Result found = new RecoveryScan(log, cursor, noted, isClean).run(scanFrom);
            if (noted.isPresent()) { // else it is another broker's log, which may be long
                files.rewrite(log, noted.getAsLong(), found.end());
            }
            files.cutAt(log, found.end(), noted.orElse(scanFrom));

            RecoveryReport report = new RecoveryReport(
                    isClean,
                    scanFrom,
                    found.end(),
                    found.records(),
                    noted,
                    found.holes(),
                    found.cut(),
                    rederived(feeds, start.derived()));
            logger.info(
                    "Log recovered. from={} end={} records={} holes={} afterCleanStop={}",
                    scanFrom,
                    report.end(),
                    report.records(),
                    report.holes().size(),
                    isClean);
            long dispatchFrom = isBehind ? scanFrom : start.derived();
            return new Recovered(report, within(feeds, found.end()), Math.min(dispatchFrom, found.end()), found.last());
        }
    }

    private List<Feed> rewindAll(long derived) throws IOException {
        List<Feed> feeds = new ArrayList<>();
        for (Projection projection : projections) {
            projection.rewindTo(derived);
            long from = Math.max(log.minPosition(), projection.resumeAt(derived));
            if (from < derived && !projection.mayLag()) {
                projection.rewindTo(from);
            }
            projection.prune(log.minPosition());
            feeds.add(new Feed(projection, Math.min(from, derived)));
        }
        return feeds;
    }

    // Damage right behind the last record that was noted may cut more off than what is to be given again.
    private static List<Feed> within(List<Feed> feeds, long end) throws IOException {
        List<Feed> within = new ArrayList<>();
        for (Feed feed : feeds) {
            if (feed.from() > end) {
                feed.projection().rewindTo(end);
            }
            within.add(new Feed(feed.projection(), Math.min(feed.from(), end)));
        }
        return within;
    }

    private static List<Rederived> rederived(List<Feed> feeds, long derived) {
        List<Rederived> rederived = new ArrayList<>();
        for (Feed feed : feeds) {
            if (feed.from() < derived && !feed.projection().mayLag()) {
                logger.warn(
                        "A projection is not as it was noted and is derived again. projection={} from={} noted={}",
                        feed.projection().name(),
                        feed.from(),
                        derived);
                rederived.add(new Rederived(feed.projection().name(), feed.from()));
            }
        }
        return rederived;
    }
}
