package dev.devmentor.gateway.edge;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A server whose every octet the test decides. */
public final class RawBackend implements AutoCloseable {
    private final ServerSocket server;
    private final Script script;
    private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());
    /** Heads of the requests that came, as they were. */
    public final List<String> heads = Collections.synchronizedList(new ArrayList<>());

    public final AtomicInteger connections = new AtomicInteger();

    /** What happens with each request. */
    @FunctionalInterface
    public interface Script {
        /** @return whether another request may come on this connection; it is closed if not */
        boolean answer(String head, Wire wire) throws IOException, InterruptedException;
    }

    /** A connection. */
    public record Wire(Socket socket, InputStream in, OutputStream out) {
        public void send(String octets) throws IOException {
            out.write(octets.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** Reads a head; empty at the end of the connection. */
        public String head() throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
                int c = in.read();
                if (c < 0) {
                    return "";
                }
                head.append((char) c);
            }
            return head.toString();
        }

        /** The body that a head announces, as it is on the wire. */
        public String body(String head) throws IOException {
            String lower = head.toLowerCase(java.util.Locale.ROOT);
            int length = lower.indexOf("\r\ncontent-length: ");
            if (length >= 0) {
                int from = length + 18;
                int count = Integer.parseInt(lower.substring(from, lower.indexOf('\r', from)));
                return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
            }
            if (lower.contains("\r\ntransfer-encoding: chunked\r\n")) {
                StringBuilder body = new StringBuilder();
                while (!body.toString().endsWith("0\r\n\r\n")) {
                    int c = in.read();
                    if (c < 0) {
                        break;
                    }
                    body.append((char) c);
                }
                return body.toString();
            }
            return "";
        }

        /** Ends the connection so that the other end gets an error. */
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    public RawBackend(Script script) throws IOException {
        this.script = script;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Answers each request with this. */
    public static RawBackend always(String answer) throws IOException {
        return new RawBackend((head, wire) -> {
            wire.body(head);
            wire.send(answer);
            return true;
        });
    }

    /** An answer of 200 with a body. */
    public static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Wire wire = new Wire(socket, new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
            boolean more = true;
            while (more) {
                String head = wire.head();
                if (head.isEmpty()) {
                    return;
                }
                heads.add(head);
                more = script.answer(head, wire);
            }
        } catch (IOException | InterruptedException gone) {
            // The other end has gone, or the test is over.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (sockets) {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
