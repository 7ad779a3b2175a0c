package dev.devmentor.bench.gateway;

import dev.devmentor.bench.BenchmarkFailed;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed number of requests each second, whatever becomes of those before: a request's time runs from when it was due, so that
 * waiting behind a slow one counts.
 */
final class OpenLoop {
    private static final int CONNECTIONS = 20;

    private OpenLoop() {}

    /** Milliseconds, over all requests. */
    record Latency(double p50, double p99) {}

    static Latency measure(int port, String path, List<String> tokens, int perSecond, int seconds)
            throws InterruptedException, BenchmarkFailed {
        int each = perSecond * seconds / CONNECTIONS;
        long gap = 1_000_000_000L * CONNECTIONS / perSecond;
        long start = System.nanoTime() + 200_000_000L;
        List<Future<long[]>> parts = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (int c = 0; c < CONNECTIONS; c++) {
                int connection = c;
                Callable<long[]> part =
                        () -> send(port, path, tokens, connection, each, start + gap * connection / CONNECTIONS, gap);
                parts.add(threads.submit(part));
            }
            long[] all = new long[each * CONNECTIONS];
            for (int c = 0; c < CONNECTIONS; c++) {
                System.arraycopy(parts.get(c).get(), 0, all, c * each, each);
            }
            Arrays.sort(all);
            return new Latency(all[all.length / 2] / 1e6, all[(int) (all.length * 0.99)] / 1e6);
        } catch (ExecutionException e) {
            throw new BenchmarkFailed("at a fixed rate: " + e.getCause());
        }
    }

    private static long[] send(
            int port, String path, List<String> tokens, int connection, int count, long start, long gap)
            throws IOException {
        long[] nanos = new long[count];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(30_000);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < count; i++) {
                byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer "
                                + tokens.get((connection + i * CONNECTIONS) % tokens.size()) + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
                long due = start + i * gap;
                long now;
                while ((now = System.nanoTime()) < due) {
                    LockSupport.parkNanos(due - now);
                }
                out.write(request);
                answer(in);
                nanos[i] = System.nanoTime() - due;
            }
        }
        return nanos;
    }

    private static void answer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder(256);
        while (head.length() < 4 || head.charAt(head.length() - 1) != '\n' || head.charAt(head.length() - 3) != '\n') {
            int c = in.read();
            if (c < 0) {
                throw new IOException("the connection ended");
            }
            head.append((char) c);
        }
        String text = head.toString().toLowerCase(java.util.Locale.ROOT);
        int length = text.indexOf("content-length: ");
        if (!text.startsWith("http/1.1 200 ") || length < 0) {
            throw new IOException(
                    "an answer that is no 200: " + text.lines().findFirst().orElse(""));
        }
        int from = length + 16;
        in.skipNBytes(Integer.parseInt(text.substring(from, text.indexOf('\r', from))));
    }
}
