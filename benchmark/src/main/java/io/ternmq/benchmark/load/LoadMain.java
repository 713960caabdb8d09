package io.ternmq.benchmark.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The load program: reads one {@link Order} per line from its input, carries it out, and answers with one line. One process
 * serves all runs of a client library, so that its code is equally warm for every broker.
 */
public final class LoadMain {
    /** Begins the line of an answer; a client library may print lines of its own. */
    public static final String RESULT = "RESULT ";

    /** Begins the line that stands for an answer when a run has failed. */
    public static final String FAILED = "FAILED ";

    /** Begins a line that comes before the answer and is to be shown: a send that failed. */
    public static final String NOTICE = "NOTICE ";

    private LoadMain() {}

    /**
     * Runs until its input ends.
     *
     * @param arguments the name of the class that implements {@link LoadClient}
     */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        LoadClient client = Class.forName(arguments[0])
                .asSubclass(LoadClient.class)
                .getDeclaredConstructor()
                .newInstance();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            System.out.println(answer(client, line));
        }
        System.exit(0); // The libraries' threads would keep the process.
    }

    private static String answer(LoadClient client, String line) {
        try {
            Order order = Order.parse(line);
            Measurement measurement = switch (order.mode()) {
                case SYNC, ASYNC, BATCH -> new Workload(client, order, LoadMain::notice).run();
                case CONSUME, DELIVER, BESIDE, WAIT -> new Consumption(client, order).run();
                case IDLE -> new Idleness(order).run();
            };
            return RESULT + measurement.line();
        } catch (Exception e) {
            e.printStackTrace();
            return FAILED + e.toString().replace('\n', ' ');
        }
    }

    private static void notice(String text) {
        System.out.println(NOTICE + text.replace('\n', ' '));
    }
}
