package io.ternmq.embedded;

import io.ternmq.remoting.client.RemotingClient;
import io.ternmq.remoting.protocol.Nothing;
import io.ternmq.remoting.protocol.RemotingException;
import io.ternmq.remoting.protocol.Reply;
import io.ternmq.remoting.protocol.ResponseCode;
import io.ternmq.remoting.protocol.Rpc;
import io.ternmq.remoting.protocol.route.BrokerInstance;
import io.ternmq.remoting.protocol.route.BrokerRoute;
import io.ternmq.remoting.protocol.route.ClusterInfo;
import io.ternmq.remoting.protocol.route.RouteRpcs;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Looks at a cluster as a client on this machine does: asks a name server where the brokers are, connects to each, and
 * says whether the broker that was meant answers. Name servers cannot tell that for networks that they are not in.
 */
final class ReachCheck {
    /** For one address; long, since a JVM that has just begun on a busy machine is slow to begin with. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final RemotingClient client;
    private final PrintStream out;

    ReachCheck(RemotingClient client, PrintStream out) {
        this.client = client;
        this.out = out;
    }

    /**
     * Prints one line for each address.
     *
     * @param nameServer {@code host:port}, at the listener that clients here use
     * @return whether there is a broker and all can be reached
     */
    boolean run(String nameServer) {
        ClusterInfo cluster;
        try {
            cluster = ask(nameServer, RouteRpcs.GET_BROKER_CLUSTER_INFO).decode(RouteRpcs.GET_BROKER_CLUSTER_INFO);
        } catch (CompletionException | IllegalStateException e) {
            out.println("name server " + nameServer + ": NOT REACHED: " + reasonOf(e));
            return false;
        }
        out.println("name server " + nameServer + ": reached, tells of "
                + count(cluster.brokers().size(), "broker"));
        boolean isWell = !cluster.brokers().isEmpty();
        for (BrokerRoute broker : cluster.brokers().values()) {
            for (var entry : broker.addresses().entrySet()) {
                String problem = problemOf(broker, entry.getKey(), entry.getValue());
                isWell &= problem.isEmpty();
                out.println(broker.brokerName() + " " + entry.getKey() + " " + entry.getValue() + ": "
                        + (problem.isEmpty() ? "reached" : "NOT REACHED: " + problem));
            }
        }
        if (cluster.brokers().isEmpty()) {
            out.println("No broker is registered: start one with this name server's address.");
        } else if (!isWell) {
            out.println("Clients here are told these addresses. Set advertisedListeners of the broker to one that leads"
                    + " to it from here, and ask the name server at the port of that listener (its listenerPorts).");
        }
        return isWell;
    }

    private String problemOf(BrokerRoute expected, long id, String address) {
        try {
            Reply reply = client.call(address, RouteRpcs.IDENTIFY_BROKER, Nothing.NOTHING, PATIENCE)
                    .join();
            if (reply.code() == ResponseCode.REQUEST_CODE_NOT_SUPPORTED) {
                return ""; // another make of broker: that it answers must do
            }
            BrokerInstance found = reply.decode(RouteRpcs.IDENTIFY_BROKER);
            boolean isSame = found.cluster().equals(expected.cluster())
                    && found.brokerName().equals(expected.brokerName())
                    && found.brokerId() == id;
            return isSame
                    ? ""
                    : "another broker answers there: " + found.brokerName() + " " + found.brokerId() + " of "
                            + found.cluster();
        } catch (CompletionException | IllegalArgumentException e) {
            return reasonOf(e);
        }
    }

    private Reply ask(String address, Rpc<Nothing, ?> rpc) {
        CompletableFuture<Reply> call = client.call(address, rpc, Nothing.NOTHING, PATIENCE);
        Reply reply = call.join();
        if (!reply.isSuccess()) {
            throw new IllegalStateException(
                    "code " + reply.code() + ", " + reply.remark().orElse("no remark"));
        }
        return reply;
    }

    private static String reasonOf(RuntimeException e) {
        return String.valueOf(e.getCause() instanceof RemotingException cause ? cause.getMessage() : e.getMessage());
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
