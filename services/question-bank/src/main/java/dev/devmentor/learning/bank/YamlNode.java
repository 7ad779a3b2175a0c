package dev.devmentor.learning.bank;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A place in a YAML file that is read with its line. What is missing or of the wrong form is noted as a finding and read as
 * something harmless, so that one reading finds all that is wrong.
 */
final class YamlNode {
    private static final int MAX_CHARACTERS = 2_000_000;

    private final String file;
    private final List<Finding> findings;
    private final @Nullable Node node;
    private final int line;
    private final Set<String> read = new HashSet<>();

    private YamlNode(String file, List<Finding> findings, @Nullable Node node, int line) {
        this.file = file;
        this.findings = findings;
        this.node = node;
        this.line = line;
    }

    /** The root of a file. */
    static YamlNode parse(String file, String text, List<Finding> findings) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setCodePointLimit(MAX_CHARACTERS)
                    .setMaxAliasesForCollections(0)
                    .build();
            Optional<Node> root = new Compose(settings).composeString(text);
            return new YamlNode(file, findings, root.orElse(null), 1);
        } catch (MarkedYamlEngineException broken) {
            int at = broken.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            findings.add(new Finding(file, at, "is not YAML: " + broken.getProblem()));
        } catch (YamlEngineException broken) {
            findings.add(new Finding(file, 1, "is not YAML: " + broken.getMessage()));
        }
        return new YamlNode(file, findings, null, 1);
    }

    void wrong(String message) {
        findings.add(new Finding(file, line, message));
    }

    boolean isAbsent() {
        return node == null;
    }

    /** The value of a key, absent where there is none. */
    YamlNode get(String key) {
        read.add(key);
        Node found = entries().get(key);
        return new YamlNode(file, findings, found, found == null ? line : lineOf(found));
    }

    /** The keys of a mapping, in the order of the file; none where absent. */
    List<String> keys() {
        return List.copyOf(entries().keySet());
    }

    /** Notes keys that nobody asked for: mostly misspelt ones. */
    void endOfKeys() {
        for (String key : entries().keySet()) {
            if (!read.contains(key)) {
                wrong("'" + key + "' is not known here");
            }
        }
    }

    private Map<String, Node> entries() {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key
                        && entries.put(key.getValue(), tuple.getValueNode()) != null) {
                    wrong("'" + key.getValue() + "' stands here twice");
                }
            }
        }
        return entries;
    }

    /** A text that has to be there. */
    String text(String what) {
        String found = optionalText();
        if (found == null || found.isBlank()) {
            wrong(what + " is missing");
            return "";
        }
        return found;
    }

    /** A text, or null. */
    @Nullable String optionalText() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        if (node != null) {
            wrong("a text has to stand here");
        }
        return null;
    }

    /** A number within bounds. */
    double number(String what, double least, double most) {
        String text = text(what);
        if (!text.isEmpty()) {
            try {
                double number = Double.parseDouble(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                // Same finding as for a number out of bounds.
            }
            wrong(what + " is a number from " + least + " to " + most);
        }
        return least;
    }

    /** true or false; false where absent. */
    boolean flag(String what) {
        String text = optionalText();
        if (text != null && !text.equals("true") && !text.equals("false")) {
            wrong(what + " is true or false");
        }
        return "true".equals(text);
    }

    /** The elements of a list; none where absent. */
    List<YamlNode> list(String what) {
        List<YamlNode> elements = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            for (Node element : sequence.getValue()) {
                elements.add(new YamlNode(file, findings, element, lineOf(element)));
            }
        } else if (node != null) {
            wrong(what + " is a list");
        }
        return elements;
    }

    /** A list of texts. */
    List<String> texts(String what) {
        return list(what).stream()
                .map(element -> element.text("an element of " + what))
                .toList();
    }

    private static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
