package io.ternmq.broker.traffic;

import io.ternmq.common.time.Clock;
import io.ternmq.common.work.Scheduler;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** Counts what the broker takes in and gives out. Owns the counts; safe for use by any thread. */
public final class Traffic {
    private static final Duration SAMPLE_EVERY = Duration.ofSeconds(Rate.SAMPLE_SECONDS);

    /** Topics, and pairs of group and topic, whose rates are kept. */
    private static final int METERS_MAX = 100_000;

    private final Rate messagesPut = new Rate();
    private final Rate bytesPut = new Rate();
    private final Rate putsRefused = new Rate();
    private final Rate pullsFound = new Rate();
    private final Rate pullsMissed = new Rate();
    private final Rate messagesGot = new Rate();
    private final Meters<String> putsByTopic = new Meters<>(METERS_MAX);
    private final Meters<GroupTopicName> gotByGroup = new Meters<>(METERS_MAX);
    private final Clock clock;
    private final DayTotals putByDay;
    private final DayTotals gotByDay;

    /** @param zone decides when a day begins */
    public Traffic(Clock clock, ZoneId zone) {
        this.clock = clock;
        this.putByDay = new DayTotals(zone, clock.wallMillis());
        this.gotByDay = new DayTotals(zone, clock.wallMillis());
    }

    /** Begins to sample the rates, on the scheduler's thread. */
    public void sampleOn(Scheduler scheduler) {
        scheduler.every(Duration.ZERO, SAMPLE_EVERY, "sample traffic", this::sample);
    }

    /** Messages of a topic were stored. */
    public void put(String topic, int messages, long bytes) {
        putsByTopic.add(topic, messages);
        messagesPut.add(messages);
        bytesPut.add(bytes);
    }

    /** A send was refused. */
    public void putRefused() {
        putsRefused.add(1);
    }

    /** A group's pull of a topic was answered with messages. */
    public void got(String group, String topic, int messages) {
        gotByGroup.add(new GroupTopicName(group, topic), messages);
        pullsFound.add(1);
        messagesGot.add(messages);
    }

    /** A pull was answered without messages, or began to wait for some. */
    public void missed() {
        pullsMissed.add(1);
    }

    /** Messages stored, by topic. */
    public Meters<String> putsByTopic() {
        return putsByTopic;
    }

    /** Messages given to groups, by group and topic. */
    public Meters<GroupTopicName> gotByGroup() {
        return gotByGroup;
    }

    public Rate messagesPut() {
        return messagesPut;
    }

    public Rate bytesPut() {
        return bytesPut;
    }

    public Rate putsRefused() {
        return putsRefused;
    }

    public Rate pullsFound() {
        return pullsFound;
    }

    public Rate pullsMissed() {
        return pullsMissed;
    }

    public Rate messagesGot() {
        return messagesGot;
    }

    public DayTotals putByDay() {
        return putByDay;
    }

    public DayTotals gotByDay() {
        return gotByDay;
    }

    void sample() {
        List.of(messagesPut, bytesPut, putsRefused, pullsFound, pullsMissed, messagesGot)
                .forEach(Rate::sample);
        putsByTopic.sample();
        gotByGroup.sample();
        putByDay.sample(clock.wallMillis(), messagesPut.total());
        gotByDay.sample(clock.wallMillis(), messagesGot.total());
    }
}
