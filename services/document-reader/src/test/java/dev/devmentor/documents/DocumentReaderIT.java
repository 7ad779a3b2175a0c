package dev.devmentor.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process that reads, as it really is. */
class DocumentReaderIT {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path READER =
            Path.of(System.getProperty("devmentor.root", "../.."), "services/document-reader/target/reader");

    @TempDir
    Path directory;

    @TempDir
    Path temporary;

    private DocumentReader reader() {
        return new DocumentReader(JAVA, READER, DocumentLimits.DEFAULT, 2, Duration.ofSeconds(20), temporary);
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("document"), bytes);
    }

    private Outcome read(byte[] bytes) throws IOException, InterruptedException {
        return reader().read(file(bytes), Format.ANY);
    }

    @Test
    void readsEachFormatAndLeavesNothingBehind() throws IOException, InterruptedException {
        assertThat(read(Documents.pdf("Jane Doe\nJava", "\u00c4nderungen")))
                .isEqualTo(new Outcome.Text(Format.PDF, List.of("Jane Doe", "Java", "\u00c4nderungen")));
        assertThat(read(Documents.docx("Jane Doe", "\u65e5\u672c \ud83d\ude00")))
                .isEqualTo(new Outcome.Text(Format.DOCX, List.of("Jane Doe", "\u65e5\u672c \ud83d\ude00")));
        assertThat(read(Documents.latin1("Gr\u00f6\u00dfe")))
                .isEqualTo(new Outcome.Text(Format.TEXT, List.of("Gr\u00f6\u00dfe")));

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aPdfThatUnpacksToAGigabyteEndsTheProcessAndNotUs() throws IOException, InterruptedException {
        byte[] bomb = Documents.ascii(HexFormat.of().formatHex(Documents.deflatedSpaces(1L << 30)) + ">");
        assertThat(bomb.length).isLessThan(5 << 20);
        List<byte[]> objects = Documents.onePage(Documents.stream("/Filter [/ASCIIHexDecode /FlateDecode]", bomb));

        assertThat(read(Documents.pdfOf(objects))).isEqualTo(new Outcome.Refused(Refusal.TOO_MUCH_MEMORY));
    }

    @Test
    void aPdfThatTakesForEverIsTooSlow() throws IOException, InterruptedException {
        List<byte[]> objects =
                Documents.onePage(Documents.stream("/Filter /FlateDecode", Documents.deflatedSpaces(1L << 30)));
        DocumentReader reader = new DocumentReader(JAVA, READER, within(Duration.ofSeconds(1)), 1);

        assertThat(reader.read(file(Documents.pdfOf(objects)), Format.ANY))
                .isEqualTo(new Outcome.Refused(Refusal.TOO_SLOW));
    }

    private static DocumentLimits within(Duration time) {
        return new DocumentLimits(5 << 20, 200, 200_000, 10_000, 64 << 20, 2_000, 90, time);
    }

    @Test
    void hostileFilesGetTheirReasonAcrossTheProcesses() throws IOException, InterruptedException {
        Map<String, byte[]> bomb = Documents.docxParts(Documents.paragraph("x"));
        bomb.put("word/media/image1.png", new byte[70 << 20]);
        assertThat(read(Documents.zip(bomb))).isEqualTo(new Outcome.Refused(Refusal.EXPANDS));
        assertThat(read(Documents.ascii("%PDF-1.7 garbage"))).isEqualTo(new Outcome.Refused(Refusal.BROKEN));
        assertThat(read(new byte[] {1, 2, 3, 4})).isEqualTo(new Outcome.Refused(Refusal.UNSUPPORTED));
        assertThat(reader().read(file(Documents.docx("x")), Format.PDF))
                .isEqualTo(new Outcome.Refused(Refusal.MISMATCH));
    }

    @Test
    void anExternalEntityCallsNobody() throws IOException, InterruptedException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            server.configureBlocking(false);
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            Map<String, byte[]> parts = Documents.docxParts("");
            parts.put(
                    "word/document.xml",
                    Documents.utf8("<!DOCTYPE x SYSTEM \"http://127.0.0.1:" + port + "/x.dtd\" [<!ENTITY e SYSTEM"
                            + " \"http://127.0.0.1:" + port + "/e\">]>"
                            + Documents.part("document", "&e;").lines().skip(1).reduce("", String::concat)));

            assertThat(read(Documents.zip(parts))).isEqualTo(new Outcome.Refused(Refusal.FORBIDDEN_XML));

            assertThat(server.accept()).isNull();
        }
    }

    @Test
    void emptyAndTooLargeFilesStartNoProcess() throws IOException, InterruptedException {
        DocumentReader broken = with("exit 1", DocumentLimits.DEFAULT, Duration.ofSeconds(5));

        assertThat(broken.read(file(new byte[0]), Format.ANY)).isEqualTo(new Outcome.Refused(Refusal.EMPTY));
        assertThat(broken.read(file(new byte[(5 << 20) + 1]), Format.ANY))
                .isEqualTo(new Outcome.Refused(Refusal.TOO_LARGE));
    }

    @Test
    void aProcessThatHangsIsKilled() throws IOException, InterruptedException {
        Path pid = directory.resolve("pid");
        DocumentLimits short_ = new DocumentLimits(100, 1, 100, 100, 100, 10, 10, Duration.ofMillis(100));
        DocumentReader hanging = with("echo $$ > " + pid + "\nexec sleep 1000", short_, Duration.ofMillis(900));

        assertThat(hanging.read(file(Documents.utf8("x")), Format.ANY))
                .isEqualTo(new Outcome.Refused(Refusal.TOO_SLOW));

        assertGone(pid);
    }

    @Test
    void anInterruptKillsTheProcessToo() throws IOException, InterruptedException {
        Path pid = directory.resolve("pid");
        Path document = file(Documents.utf8("x"));
        DocumentReader hanging =
                with("echo $$ > " + pid + "\nexec sleep 1000", DocumentLimits.DEFAULT, Duration.ofSeconds(30));
        List<Throwable> ends = new ArrayList<>();
        Thread reading = Thread.ofVirtual().start(() -> {
            try {
                hanging.read(document, Format.ANY);
            } catch (InterruptedException interrupted) {
                ends.add(interrupted);
            }
        });
        while (!Files.exists(pid) || Files.size(pid) == 0) {
            Thread.onSpinWait();
        }

        reading.interrupt();
        reading.join();

        assertThat(ends).hasOnlyElementsOfType(InterruptedException.class).hasSize(1);
        assertGone(pid);
    }

    private static void assertGone(Path pid) throws IOException {
        long number = Long.parseLong(Files.readString(pid).strip());
        assertThat(ProcessHandle.of(number).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
    }

    @Test
    void theProcessHasNoEnvironmentAndAnEmptyDirectory() throws IOException, InterruptedException {
        Path seen = directory.resolve("seen");
        DocumentReader reader = with(
                "{ env; ls -A; } > " + seen + "\nprintf 'text 1\\nx\\n'",
                DocumentLimits.DEFAULT,
                Duration.ofSeconds(5));

        assertThat(reader.read(file(Documents.utf8("x")), Format.ANY))
                .isEqualTo(new Outcome.Text(Format.TEXT, List.of("x")));

        // What the shell itself adds.
        assertThat(Files.readAllLines(seen)).allMatch(line -> line.matches("(PWD|OLDPWD|SHLVL|_)=.*"));
    }

    @Test
    void whatTheProcessSaysIsNotBelievedBlindly() throws IOException, InterruptedException {
        Outcome crashed = new Outcome.Refused(Refusal.CRASHED);
        DocumentLimits limits = DocumentLimits.DEFAULT;
        for (String script : List.of(
                "exit 0",
                "echo nonsense",
                "printf 'text 2\\nx\\n'",
                "printf 'text 1\\nx\\nmore\\n'",
                "printf 'word 1\\nx\\n'",
                "printf 'text 1\\n\\377\\n'",
                "printf 'text -1\\n'",
                "head -c 3000000 /dev/zero",
                "exit 99",
                "kill -9 $$")) {
            Outcome outcome = with(script, limits, Duration.ofSeconds(5)).read(file(Documents.utf8("x")), Format.ANY);
            assertThat(outcome).as(script).isEqualTo(crashed);
        }
        assertThat(with("exit 3", limits, Duration.ofSeconds(5)).read(file(Documents.utf8("x")), Format.ANY))
                .isEqualTo(new Outcome.Refused(Refusal.TOO_MUCH_MEMORY));
    }

    @Test
    void whereThereIsNoReaderOrNoJvmItSaysSo() throws IOException, InterruptedException {
        Path document = file(Documents.pdf("x"));
        DocumentReader nothing = new DocumentReader(JAVA, directory.resolve("nowhere"), DocumentLimits.DEFAULT, 1);
        DocumentReader noJvm = new DocumentReader(directory.resolve("java"), READER, DocumentLimits.DEFAULT, 1);

        assertThat(nothing.missing()).isEqualTo("the document reader is not installed");
        assertThat(noJvm.missing()).isEqualTo("there is no JVM to read them with");
        assertThat(reader().missing()).isNull();
        assertThat(nothing.read(document, Format.ANY)).isEqualTo(new Outcome.Refused(Refusal.UNAVAILABLE));
        assertThat(noJvm.read(document, Format.ANY)).isEqualTo(new Outcome.Refused(Refusal.UNAVAILABLE));
    }

    @Test
    void aFileThatIsNotThereIsTheCallersFault() {
        assertThatThrownBy(() -> reader().read(directory.resolve("nothing"), Format.ANY))
                .isInstanceOf(java.io.UncheckedIOException.class);
    }

    /** A reader whose JVM is a shell script. */
    private DocumentReader with(String script, DocumentLimits limits, Duration starting) throws IOException {
        Path java = Files.writeString(directory.resolve("java"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        return new DocumentReader(java, READER, limits, 1, starting, temporary);
    }
}
