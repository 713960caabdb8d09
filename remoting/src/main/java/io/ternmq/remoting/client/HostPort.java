package io.ternmq.remoting.client;

/**
 * An address as configured or as found in a route: host name or IP address, and port.
 *
 * @param host without the brackets that an IPv6 address may stand in
 * @param port 1 to 65535
 */
record HostPort(String host, int port) {
    private static final int PORT_MAX = 65_535;

    /** @throws IllegalArgumentException if {@code text} is not {@code host:port} */
    static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon).strip();
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = colon < 0 ? 0 : portIn(text.substring(colon + 1).strip());
        if (host.isEmpty() || port == 0) {
            throw new IllegalArgumentException(
                    "Address '" + text + "' is not valid: expected host:port with a port from 1 to " + PORT_MAX);
        }
        return new HostPort(host, port);
    }

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }

    private static int portIn(String digits) {
        try {
            int port = Integer.parseInt(digits);
            return port > 0 && port <= PORT_MAX ? port : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
