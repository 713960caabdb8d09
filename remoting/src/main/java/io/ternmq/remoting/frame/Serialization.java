package io.ternmq.remoting.frame;

/** How a header lies in bytes. Each frame says it for itself; one connection may carry both. */
public enum Serialization {
    JSON(0),
    BINARY(1);

    private final int number;

    Serialization(int number) {
        this.number = number;
    }

    /** The byte before the header's length. */
    public int number() {
        return number;
    }
}
