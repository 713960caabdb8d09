package io.ternmq.benchmark.store;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What one measuring thread has used: figures that JMH adds up beside its own. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Usage {
    /** Processor time of this thread in nanoseconds. */
    public long cpuNanos;

    /** Bytes of objects that this thread made. */
    public long allocatedBytes;

    /** Messages stored or read. */
    public long messages;

    /** Messages whose answer came from another thread, as it does while the log's writer works off what slow turns left. */
    public long late;

    /** Forces of the log; counted by one of the threads for all. */
    public long forces;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long cpuBefore;
    private long allocatedBefore;

    void begin() {
        allocatedBefore = threads.getCurrentThreadAllocatedBytes();
        cpuBefore = threads.getCurrentThreadCpuTime();
    }

    void end(int count) {
        cpuNanos += threads.getCurrentThreadCpuTime() - cpuBefore;
        allocatedBytes += threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
        messages += count;
    }
}
