package io.ternmq.interop.servers;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a name server for its brokers with hand-made bytes, so that no client library is needed to see who is there. */
final class NameServerProbe {
    private static final int TIMEOUT_MILLIS = 1000;
    private static final int LIMIT_BYTES = 1 << 20;
    private static final String GET_BROKER_CLUSTER_INFO = "{\"code\":106,\"flag\":0,\"language\":\"JAVA\",\"opaque\":1,"
            + "\"serializeTypeCurrentRPC\":\"JSON\",\"version\":479}";

    private NameServerProbe() {}

    /** Returns the answer's body: JSON text with the names of all registered brokers. */
    static String brokers(int port) throws IOException {
        byte[] header = GET_BROKER_CLUSTER_INFO.getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(Integer.BYTES + header.length);
            out.writeInt(header.length);
            out.write(header);
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int length = in.readInt();
            if (length < Integer.BYTES || length > LIMIT_BYTES) {
                throw new IOException("name server answered with a frame of " + length + " bytes");
            }
            byte[] answer = in.readNBytes(length);
            int headerBytes = Integer.BYTES + ((answer[1] & 0xff) << 16 | (answer[2] & 0xff) << 8 | (answer[3] & 0xff));
            return new String(answer, headerBytes, answer.length - headerBytes, StandardCharsets.UTF_8);
        }
    }
}
