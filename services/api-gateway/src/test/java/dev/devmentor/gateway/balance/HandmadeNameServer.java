package dev.devmentor.gateway.balance;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;

/** A name server that knows one name, as the cluster's knows a headless service; answers A and AAAA (RFC 1035, 3596), or fails. */
final class HandmadeNameServer implements AutoCloseable {
    private static final int SERVER_FAILURE = 2;
    private static final int NO_SUCH_NAME = 3;

    private final DatagramSocket socket;
    private final String name;
    private volatile List<InetAddress> addresses = List.of();
    private volatile boolean failing;
    private volatile int questions;

    HandmadeNameServer(String name) {
        this.name = name;
        try {
            socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("handmade-name-server").start(this::serve);
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", socket.getLocalPort());
    }

    void has(List<InetAddress> now) {
        addresses = now;
    }

    void fails(boolean now) {
        failing = now;
    }

    int questions() {
        return questions;
    }

    private void serve() {
        byte[] buffer = new byte[1500];
        while (!socket.isClosed()) {
            try {
                DatagramPacket question = new DatagramPacket(buffer, buffer.length);
                socket.receive(question);
                byte[] answer = answer(buffer);
                socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
                questions++;
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private byte[] answer(byte[] question) throws IOException {
        StringBuilder asked = new StringBuilder();
        int at = 12;
        while (question[at] != 0) {
            int size = question[at];
            asked.append(asked.isEmpty() ? "" : ".").append(new String(question, at + 1, size, "US-ASCII"));
            at += size + 1;
        }
        int type = (question[at + 1] & 0xff) << 8 | question[at + 2] & 0xff;
        int end = at + 5;
        boolean known = name.contentEquals(asked) && !failing;
        List<InetAddress> found = known
                ? addresses.stream()
                        .filter(each -> each.getAddress().length == (type == 1 ? 4 : type == 28 ? 16 : 0))
                        .toList()
                : List.of();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(question, 0, 2);
        out.writeShort(0x8180 | (failing ? SERVER_FAILURE : known ? 0 : NO_SUCH_NAME));
        out.writeShort(1);
        out.writeShort(found.size());
        out.writeInt(0);
        out.write(question, 12, end - 12);
        for (InetAddress each : found) {
            out.writeShort(0xc00c);
            out.writeShort(type);
            out.writeShort(1);
            out.writeInt(30);
            out.writeShort(each.getAddress().length);
            out.write(each.getAddress());
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
