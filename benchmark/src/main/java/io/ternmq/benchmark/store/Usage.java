package io.ternmq.benchmark.store;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What one measuring thread has used: figures that JMH adds up beside its own. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Usage {
    /** Processor time of this thread in the store, in nanoseconds. */
    public long cpuNanos;

    /** The same in the bare loop. */
    public long bareNanos;

    /** Processor time of all threads of the process while this one was in the store. */
    public long processNanos;

    /** Bytes of objects that this thread made in the store. */
    public long allocatedBytes;

    /** Messages stored or read. */
    public long messages;

    /** Messages of the bare loop. */
    public long bareMessages;

    /** Messages whose answer came from another thread, as it does while the log's writer works off what slow turns left. */
    public long late;

    /** Forces of the log; counted by one of the threads for all. */
    public long forces;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long cpuBefore;
    private long processBefore;
    private long allocatedBefore;

    void begin() {
        allocatedBefore = threads.getCurrentThreadAllocatedBytes();
        processBefore = system.getProcessCpuTime();
        cpuBefore = threads.getCurrentThreadCpuTime();
    }

    void end(int count) {
        cpuNanos += threads.getCurrentThreadCpuTime() - cpuBefore;
        processNanos += system.getProcessCpuTime() - processBefore;
        allocatedBytes += threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
        messages += count;
    }

    void beginBare() {
        cpuBefore = threads.getCurrentThreadCpuTime();
    }

    void endBare(int count) {
        bareNanos += threads.getCurrentThreadCpuTime() - cpuBefore;
        bareMessages += count;
    }
}
