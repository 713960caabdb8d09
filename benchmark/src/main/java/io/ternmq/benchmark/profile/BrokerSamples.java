package io.ternmq.benchmark.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * What a flight recording holds of processor time and allocation, folded. Owns its trees. Used by one thread.
 *
 * <p>{@code jdk.ExecutionSample} sees threads that run Java, {@code jdk.NativeMethodSample} threads that are in native code,
 * where they may as well wait for events: those are left out, by the name of the method that waits.
 */
final class BrokerSamples {
    private static final Set<String> WAITING = Set.of(
            "accept",
            "accept0",
            "epollWait",
            "epollWait0",
            "poll",
            "poll0",
            "socketAccept",
            "wait",
            "waitForProcessExit0");

    private final StackTree cpu = new StackTree();
    private final StackTree allocation = new StackTree();
    private long waiting;

    /**
     * Reads a recording.
     *
     * @throws IOException if it cannot be read
     */
    static BrokerSamples read(Path recording) throws IOException {
        BrokerSamples samples = new BrokerSamples();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                samples.add(file.readEvent());
            }
        }
        return samples;
    }

    private void add(RecordedEvent event) {
        if (event.getStackTrace() == null || event.getStackTrace().getFrames().isEmpty()) {
            return; // nothing to fold
        }
        switch (event.getEventType().getName()) {
            case "jdk.ExecutionSample" -> cpu.add(stack(event, event.getThread("sampledThread")), 1);
            case "jdk.NativeMethodSample" -> addNative(event);
            case "jdk.ObjectAllocationSample" -> addAllocation(event);
            default -> {} // what else the JVM noted
        }
    }

    private void addNative(RecordedEvent event) {
        String method = event.getStackTrace().getFrames().get(0).getMethod().getName();
        if (WAITING.contains(method)) {
            waiting++;
        } else {
            cpu.add(stack(event, event.getThread("sampledThread")), 1);
        }
    }

    private void addAllocation(RecordedEvent event) {
        List<String> frames = stack(event, event.getThread());
        RecordedClass allocated = event.getClass("objectClass");
        String site = FrameNames.shortened(frames.get(frames.size() - 1));
        frames.add(FrameNames.type(allocated.getName()) + " in " + site);
        allocation.add(frames, event.getLong("weight"));
    }

    private static List<String> stack(RecordedEvent event, RecordedThread thread) {
        List<String> frames = new ArrayList<>();
        String name = thread == null ? null : thread.getJavaName();
        frames.add(name == null ? "a thread of the JVM" : FrameNames.thread(name));
        frames.addAll(FrameNames.of(event.getStackTrace()));
        return frames;
    }

    /** By thread and method; weighs samples. */
    StackTree cpu() {
        return cpu;
    }

    /** By thread, method and what was allocated; weighs bytes, estimated from samples by the JVM. */
    StackTree allocation() {
        return allocation;
    }

    /** Samples of threads that waited in native code, which are in no tree. */
    long waiting() {
        return waiting;
    }
}
