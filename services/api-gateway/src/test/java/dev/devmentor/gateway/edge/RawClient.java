package dev.devmentor.gateway.edge;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A client whose every octet the test decides. */
public final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /** An answer. */
    public record Answer(int status, List<String> lines, String body) {
        /** The value of a field; empty if it is not there, an error if it is there twice. */
        public Optional<String> field(String name) {
            List<String> found = lines.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).trim())
                    .toList();
            if (found.size() > 1) {
                throw new AssertionError(name + " is there " + found.size() + " times");
            }
            return found.stream().findFirst();
        }
    }

    public RawClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(10_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** One request on a connection of its own. */
    public static Answer once(int port, String request) throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.send(request);
            return client.answer();
        }
    }

    public static String get(String path, String... fields) {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: gateway.test\r\n");
        for (String field : fields) {
            request.append(field).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    public RawClient send(String octets) throws IOException {
        out.write(octets.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return this;
    }

    public OutputStream out() {
        return out;
    }

    public InputStream in() {
        return in;
    }

    public Answer answer() throws IOException {
        return answer(false);
    }

    /** @param bodiless whether the answer has no body whatever its fields say: to HEAD, and before an upgrade */
    public Answer answer(boolean bodiless) throws IOException {
        String head = head();
        List<String> lines = List.of(head.split("\r\n"));
        int status = Integer.parseInt(lines.getFirst().split(" ")[1]);
        Answer answer = new Answer(status, lines.subList(1, lines.size()), "");
        if (bodiless || status < 200 || status == 204 || status == 304) {
            return answer;
        }
        String body;
        if (answer.field("transfer-encoding").isPresent()) {
            StringBuilder text = new StringBuilder();
            String chunk;
            while (!(chunk = chunk()).isEmpty()) {
                text.append(chunk);
            }
            body = text.toString();
        } else if (answer.field("content-length").isPresent()) {
            int length = Integer.parseInt(answer.field("content-length").get());
            byte[] octets = in.readNBytes(length);
            if (octets.length < length) {
                throw new EOFException("the body has " + octets.length + " of " + length + " bytes");
            }
            body = new String(octets, StandardCharsets.ISO_8859_1);
        } else {
            body = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        return new Answer(status, answer.lines(), body);
    }

    public String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("the connection ended after: " + head);
            }
            head.append((char) c);
        }
        return head.toString();
    }

    /** One chunk of a body; empty for the last one. */
    public String chunk() throws IOException {
        int length = Integer.parseInt(line(), 16);
        String data = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        if (data.length() < length || !line().isEmpty()) {
            throw new EOFException("the chunk is not complete");
        }
        return data;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int c;
        while ((c = in.read()) != '\n') {
            if (c < 0) {
                throw new EOFException("the connection ended within a line");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Whether the other end has closed the connection, after what is still to read. */
    public boolean isClosedByOther() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
