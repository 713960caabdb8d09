package io.ternmq.broker.store.engine;

import io.ternmq.broker.store.FlushMode;
import io.ternmq.broker.store.MessageDraft;
import io.ternmq.broker.store.StoreException;
import io.ternmq.broker.store.TopicQueue;
import io.ternmq.broker.store.engine.SentMessages.End;
import io.ternmq.broker.store.file.SimulatedDisk;
import io.ternmq.common.time.FakeClock;
import io.ternmq.common.work.ManualWorkers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * One store through several lives on a simulated disk, everything on one thread and drawn from one seed: sends, reads,
 * steps of workers in any order and inside one another, time, topics deleted, the oldest removed, space that runs out,
 * forces that fail, and at the end of each life a power cut, a killed process or a close.
 */
final class StoreSimulation {
    private static final List<End> ENDS = List.of(End.values());
    private static final int STEPS_OF_SHORT_LIVES = 15;
    private static final int SEGMENT_BYTES = 4 * SimulatedDisk.PAGE_BYTES;
    private static final int LARGE_DISK_PAGES = 4_000;
    private static final int NESTED_MAX = 2;
    private static final int RECOVERIES_MAX = 20;
    private static final int USUAL_BODY_BYTES = 100;

    private final Random random;
    private final SimulatedDisk disk;
    private final FakeClock clock = new FakeClock();
    private final StoreFixture fixture;
    private final SentMessages sent;
    private final boolean mayFail;
    private boolean hasSmallDisk;
    private int pages;
    private boolean deletesTopics;
    private boolean removesOldest;
    private int lives = 6;
    private int stepsMax = 150;

    // Of this life.
    private ManualWorkers workers;
    private LocalMessageStore store;
    private int nested;
    private boolean isBroken; // a fault was planted into this life that ends its writing

    StoreSimulation(long seed, FlushMode mode) {
        this(seed, mode, mode);
    }

    /** @param promised what the store is judged by; planted bugs promise more than the store's own mode does */
    StoreSimulation(long seed, FlushMode mode, FlushMode promised) {
        this.random = new Random(seed);
        this.sent = new SentMessages(promised);
        this.hasSmallDisk = random.nextInt(3) == 0;
        this.mayFail = random.nextInt(3) == 0;
        this.pages = hasSmallDisk ? smallDiskPages() : LARGE_DISK_PAGES;
        this.disk = new SimulatedDisk(random, pages);
        this.fixture = new StoreFixture(Path.of("/data/store"))
                .with("flushDiskType", mode.name())
                .with("mappedFileSizeCommitLog", Integer.toString(SEGMENT_BYTES))
                .with("mappedFileSizeConsumeQueue", Integer.toString(20 * (5 + random.nextInt(60))))
                .with("storePreparedBytesMax", "65536")
                .with("storeWaitingAppendsMax", "16")
                .with("storeUnansweredAppendsMax", "16")
                .with("storeHotReadBytes", Integer.toString(random.nextInt(40_000)))
                .with("queueHandlesMax", "16")
                .with("maxHashSlotNum", "100")
                .with("maxIndexNum", Integer.toString(10 + random.nextInt(200)));
    }

    private int smallDiskPages() {
        return 40 + random.nextInt(60);
    }

    StoreSimulation planting(SimulatedDisk.Lie lie) {
        disk.plant(lie);
        return this;
    }

    /** Deletes topics too, and goes on sending to them. */
    StoreSimulation deletingTopics() {
        deletesTopics = true;
        return this;
    }

    /** On a small disk from which the oldest goes early, with queues that often are all gone then. */
    StoreSimulation removingOldest() {
        removesOldest = true;
        hasSmallDisk = true;
        pages = smallDiskPages();
        disk.resize(pages);
        fixture.with("diskFreeSpaceEnough", Long.toString(1L << 60)).with("diskSpaceCleanForciblyRatio", "60");
        return this;
    }

    /** Many short lives instead of a few longer ones: for what shows only soon after a start. */
    StoreSimulation livingShortly() {
        lives = 40;
        stepsMax = STEPS_OF_SHORT_LIVES;
        return this;
    }

    /** Runs all lives. Returns how many messages were found again at starts. */
    int run() {
        open(End.CLOSED);
        for (int life = 0; life < lives; life++) {
            End end = live();
            open(end);
        }
        return sent.found();
    }

    private End live() {
        End end = ENDS.get(random.nextInt(ENDS.size()));
        try {
            if (end != End.CLOSED && random.nextBoolean()) {
                disk.stopAfter(random.nextInt(200));
            }
            disk.meanwhile(this::meanwhile);
            int steps = 1 + random.nextInt(random.nextInt(3) == 0 ? STEPS_OF_SHORT_LIVES : stepsMax);
            for (int i = 0; i < steps; i++) {
                step();
            }
            if (end == End.CLOSED) {
                close();
            }
        } catch (SimulatedDisk.Stopped e) {
            end = end == End.CLOSED ? End.KILLED : end;
        }
        sent.processEnded();
        return isBroken && end == End.CLOSED ? End.KILLED : end;
    }

    private void close() {
        disk.heal();
        disk.meanwhile(() -> {});
        disk.resize(LARGE_DISK_PAGES);
        settle();
        sent.noteAnswers();
        if (sent.isAnyUnanswered()) {
            throw new AssertionError("sends are never answered although nothing stalls any more");
        }
        isBroken = store.state().refusal().isPresent();
        store.close();
    }

    // Long enough for every retry; a send that only its patience ends counts as forgotten, since nothing stalls.
    private void settle() {
        for (int i = 0; i < 3; i++) {
            workers.runUntilIdle();
            workers.advance(Duration.ofSeconds(1));
        }
        workers.runUntilIdle();
    }

    private void open(End before) {
        End end = before;
        disk.heal();
        disk.resize(pages);
        for (int tries = 0; tries < RECOVERIES_MAX; tries++) {
            switch (end) {
                case POWER_CUT -> disk.cutPower();
                case KILLED -> disk.kill();
                case CLOSED -> cutPowerMaybe();
            }
            workers = new ManualWorkers(clock);
            nested = 0;
            isBroken = false;
            fixture.with(disk.process()).with(workers);
            if (random.nextInt(4) == 0) {
                disk.stopAfter(random.nextInt(60));
            }
            try {
                store = fixture.open();
                disk.stopAfter(Long.MAX_VALUE);
                sent.judge(store, end);
                return;
            } catch (SimulatedDisk.Stopped e) {
                end = worse(end, random.nextBoolean() ? End.POWER_CUT : End.KILLED);
            } catch (StoreException e) {
                if (!hasSmallDisk) {
                    throw e;
                }
                disk.resize(LARGE_DISK_PAGES); // no space for what a start needs: it succeeds when there is
                end = worse(end, End.KILLED);
            }
        }
        throw new AssertionError("never opened in " + RECOVERIES_MAX + " tries");
    }

    private void cutPowerMaybe() {
        if (random.nextBoolean()) {
            disk.cutPower();
        }
    }

    private static End worse(End one, End other) {
        return one == End.POWER_CUT ? one : other;
    }

    // While a write or force is under way.
    private void meanwhile() {
        if (nested < NESTED_MAX && random.nextInt(3) == 0) {
            nested++;
            for (int i = random.nextInt(4); i > 0; i--) {
                switch (random.nextInt(3)) {
                    case 0 -> send();
                    case 1 -> read();
                    default -> stepWorker();
                }
            }
            nested--;
        }
    }

    private void step() {
        int choice = random.nextInt(100);
        if (choice < 30) {
            send();
        } else if (choice < 70) {
            stepWorker();
        } else if (choice < 78) {
            read();
        } else if (choice < 88) {
            workers.advance(Duration.ofMillis(random.nextInt(random.nextInt(4) == 0 ? 20_000 : 700)));
        } else if (choice < 95) {
            disk.writeBack();
        } else if (choice < 96 && deletesTopics) {
            deleteTopic();
        } else if (choice < 98 && hasSmallDisk) {
            disk.resize(random.nextBoolean() ? pages : random.nextInt(pages));
        } else if (choice == 99 && mayFail && random.nextInt(3) == 0) {
            fail();
        }
        sent.noteAnswers();
    }

    private void fail() {
        if (random.nextInt(4) == 0) {
            disk.failWrites(1);
        } else {
            disk.failForces(1);
        }
    }

    private void send() {
        TopicQueue queue = anyQueue();
        int count = random.nextInt(4) == 0 ? 2 + random.nextInt(3) : 1;
        int[] bytes = random.ints(count, 0, 3_000)
                .map(drawn -> drawn < 2_300 ? USUAL_BODY_BYTES : drawn < 2_900 ? drawn % 300 : drawn)
                .toArray();
        List<byte[]> bodies = sent.newBodies(count, bytes, random);
        List<MessageDraft> unit = new ArrayList<>();
        for (byte[] body : bodies) {
            unit.add(new MessageDraft(
                    queue.topic(),
                    queue.queueId(),
                    0,
                    0,
                    clock.wallMillis(),
                    StoreFixture.BORN_HOST,
                    0,
                    0,
                    random.nextInt(3) == 0 ? "KEYS\u0001k" + random.nextInt(50) + "\u0002" : "",
                    ByteBuffer.wrap(body)));
        }
        boolean waits = random.nextInt(5) > 0;
        sent.sent(queue, bodies, waits, store.append(unit, waits));
    }

    private void read() {
        sent.read(store, anyQueue());
    }

    private void stepWorker() {
        List<String> ready = workers.ready();
        if (!ready.isEmpty()) {
            workers.step(ready.get(random.nextInt(ready.size())));
        }
    }

    private void deleteTopic() {
        String topic = anyQueue().topic();
        sent.deleting(topic);
        CompletableFuture<Void> unused = store.startDeleting(topic);
    }

    private TopicQueue anyQueue() {
        if (removesOldest && random.nextInt(30) == 0) {
            return new TopicQueue("Rare", random.nextInt(8));
        }
        return new TopicQueue("T" + random.nextInt(3), random.nextInt(2));
    }
}
