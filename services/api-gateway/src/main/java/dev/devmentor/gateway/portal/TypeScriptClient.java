package dev.devmentor.gateway.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.gateway.portal.Operations.Operation;
import dev.devmentor.gateway.portal.Operations.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A TypeScript client: a type for each schema, a function for each operation, no dependency beside {@code fetch}. Uses only
 * syntax that can be erased, so that what runs TypeScript by dropping its types can run it.
 */
final class TypeScriptClient {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");
    private static final int DEEPEST = 40;
    private static final String SCHEMAS = "#/components/schemas/";
    private static final Set<String> TAKEN = Set.of(
            "Config", "ApiError", "Problem", "Request", "Response", "Promise", "Record", "Array", "Blob", "Error");

    private static final String HEAD = """
            // Made by the developer portal of the merged OpenAPI document. Do not edit: get it again at /portal/clients/typescript.

            /** Where the gateway is, and who calls. */
            export interface Config {
              /** Such as http://127.0.0.1:8080, without a slash at the end. */
              baseUrl: string;
              /** An access token, or what gives one. */
              token?: string | (() => string | Promise<string>);
              /** A key of a service account, instead of a token. */
              apiKey?: string;
              /** Instead of the global fetch. */
              fetch?: typeof fetch;
              signal?: AbortSignal;
            }

            /** What every error of the platform looks like (RFC 9457). */
            export interface Problem {
              type?: string;
              title?: string;
              status?: number;
              detail?: string;
              instance?: string;
            }

            /** An answer that is not 2xx. */
            export class ApiError extends Error {
              status: number;
              problem: Problem;
              constructor(status: number, problem: Problem) {
                super(problem.detail ?? problem.title ?? `the answer is ${status}`);
                this.name = "ApiError";
                this.status = status;
                this.problem = problem;
              }
            }

            async function call<T>(
              config: Config,
              method: string,
              path: string,
              query: Record<string, unknown>,
              headers: Record<string, unknown>,
              contentType: string | null,
              body: unknown,
            ): Promise<T> {
              const search = new URLSearchParams();
              for (const [name, value] of Object.entries(query)) {
                for (const one of Array.isArray(value) ? value : [value]) {
                  if (one !== undefined && one !== null) search.append(name, String(one));
                }
              }
              const sent = new Headers({ Accept: "application/json" });
              for (const [name, value] of Object.entries(headers)) {
                if (value !== undefined && value !== null) sent.set(name, String(value));
              }
              const token = typeof config.token === "function" ? await config.token() : config.token;
              if (token) sent.set("Authorization", `Bearer ${token}`);
              if (config.apiKey) sent.set("X-API-Key", config.apiKey);
              let payload: BodyInit | undefined;
              if (body !== undefined && contentType !== null) {
                sent.set("Content-Type", contentType);
                payload = contentType.includes("json") ? JSON.stringify(body) : (body as BodyInit);
              }
              const text = search.toString();
              const answer = await (config.fetch ?? fetch)(config.baseUrl + path + (text ? `?${text}` : ""), {
                method,
                headers: sent,
                body: payload,
                signal: config.signal,
              });
              const json = (answer.headers.get("Content-Type") ?? "").includes("json");
              if (!answer.ok) {
                throw new ApiError(answer.status, json ? ((await answer.json()) as Problem) : { status: answer.status });
              }
              if (answer.status === 204) return undefined as T;
              return (json ? await answer.json() : await answer.text()) as T;
            }
            """;

    private final ObjectNode document;
    private final Map<String, String> typeNames = new LinkedHashMap<>();
    private final StringBuilder out = new StringBuilder(HEAD);

    private TypeScriptClient(ObjectNode document) {
        this.document = document;
    }

    /** The one file. */
    static String of(ObjectNode document) {
        return new TypeScriptClient(document).write();
    }

    private String write() {
        Set<String> taken = new HashSet<>(TAKEN);
        for (Map.Entry<String, JsonNode> schema :
                document.path("components").path("schemas").properties()) {
            typeNames.put(schema.getKey(), unique(identifier(schema.getKey()), taken));
        }
        for (Map.Entry<String, JsonNode> schema :
                document.path("components").path("schemas").properties()) {
            out.append('\n');
            comment(schema.getValue().path("description").asText(), "");
            out.append("export type ")
                    .append(typeNames.get(schema.getKey()))
                    .append(" = ")
                    .append(type(schema.getValue(), 0))
                    .append(";\n");
        }
        Set<String> functions = new HashSet<>(Set.of("call", "fetch"));
        for (Operation operation : Operations.of(document)) {
            function(operation, unique(identifier(operation.id()), functions));
        }
        return out.toString();
    }

    private void function(Operation operation, String name) {
        List<Parameter> parameters = operation.parameters().stream()
                .filter(parameter -> !(parameter.in().equals("header")
                        && Set.of("authorization", "x-api-key", "accept", "content-type")
                                .contains(parameter.name().toLowerCase(Locale.ROOT))))
                .toList();
        String type = operation.bodyType();
        boolean required =
                parameters.stream().anyMatch(Parameter::required) || (type != null && operation.bodyRequired());
        out.append('\n');
        comment(
                operation.summary() + "\n\n" + operation.method().toUpperCase(Locale.ROOT) + ' ' + operation.path(),
                "");
        out.append("export function ").append(name).append("(config: Config, args: {");
        Set<String> names = new HashSet<>();
        for (Parameter parameter : parameters) {
            if (names.add(parameter.name())) {
                out.append('\n');
                comment(parameter.description(), "  ");
                out.append("  ")
                        .append(property(parameter.name()))
                        .append(parameter.required() ? ": " : "?: ")
                        .append(type(parameter.schema(), 0))
                        .append(';');
            }
        }
        if (type != null) {
            out.append("\n  body")
                    .append(operation.bodyRequired() ? ": " : "?: ")
                    .append(type.contains("json") ? type(operation.body(), 0) : "BodyInit")
                    .append(';');
        }
        JsonNode answer = operation.answer();
        String result = answer == null ? "unknown" : type(answer, 0);
        out.append(names.isEmpty() && type == null ? "}" : "\n}")
                .append(required ? "" : " = {}")
                .append("): Promise<")
                .append(result)
                .append("> {\n  return call<")
                .append(result)
                .append(">(config, ")
                .append(text(operation.method().toUpperCase(Locale.ROOT)))
                .append(", ")
                .append(path(operation.path(), parameters))
                .append(", ")
                .append(object(parameters, "query"))
                .append(", ")
                .append(object(parameters, "header"))
                .append(", ")
                .append(type == null ? "null" : text(type))
                .append(type == null ? ", undefined" : ", args.body")
                .append(");\n}\n");
    }

    private static String path(String path, List<Parameter> parameters) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int open = path.indexOf('{'); open >= 0; open = path.indexOf('{', from)) {
            int close = path.indexOf('}', open);
            if (close < 0) {
                break;
            }
            String name = path.substring(open + 1, close);
            parts.add(text(path.substring(from, open)));
            boolean known = parameters.stream()
                    .anyMatch(parameter ->
                            parameter.in().equals("path") && parameter.name().equals(name));
            parts.add(known ? "encodeURIComponent(String(" + member(name) + "))" : text("{" + name + "}"));
            from = close + 1;
        }
        if (from < path.length()) {
            parts.add(text(path.substring(from)));
        }
        return String.join(" + ", parts);
    }

    private static String object(List<Parameter> parameters, String in) {
        List<String> fields = parameters.stream()
                .filter(parameter -> parameter.in().equals(in))
                .map(parameter -> text(parameter.name()) + ": " + member(parameter.name()))
                .toList();
        return fields.isEmpty() ? "{}" : "{ " + String.join(", ", fields) + " }";
    }

    // Types

    private String type(JsonNode schema, int depth) {
        if (depth > DEEPEST || schema.isBoolean() || schema.isMissingNode() || schema.isEmpty()) {
            return "unknown";
        }
        String base = base(schema, depth);
        return schema.path("nullable").asBoolean() && !base.equals("unknown") ? base + " | null" : base;
    }

    private String base(JsonNode schema, int depth) {
        String ref = schema.path("$ref").asText();
        if (!ref.isEmpty()) {
            return ref.startsWith(SCHEMAS)
                    ? typeNames.getOrDefault(ref.substring(SCHEMAS.length()), "unknown")
                    : "unknown";
        }
        if (schema.has("const")) {
            return literal(schema.path("const"));
        }
        if (schema.path("enum").isArray() && !schema.path("enum").isEmpty()) {
            Set<String> values = new LinkedHashSet<>();
            schema.path("enum").forEach(value -> values.add(literal(value)));
            return String.join(" | ", values);
        }
        for (String either : List.of("oneOf", "anyOf")) {
            if (schema.path(either).isArray() && !schema.path(either).isEmpty()) {
                return joined(schema.path(either), " | ", depth);
            }
        }
        if (schema.path("allOf").isArray() && !schema.path("allOf").isEmpty()) {
            String all = joined(schema.path("allOf"), " & ", depth);
            return schema.has("properties") ? all + " & " + objectType(schema, depth) : all;
        }
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            Set<String> types = new LinkedHashSet<>();
            type.forEach(one -> types.add(simple(one.asText(), schema, depth)));
            return String.join(" | ", types);
        }
        if (type.isTextual()) {
            return simple(type.textValue(), schema, depth);
        }
        return schema.has("properties") || schema.has("additionalProperties") ? objectType(schema, depth) : "unknown";
    }

    private String simple(String type, JsonNode schema, int depth) {
        return switch (type) {
            case "string" -> "string";
            case "integer", "number" -> "number";
            case "boolean" -> "boolean";
            case "null" -> "null";
            case "array" -> "Array<" + type(schema.path("items"), depth + 1) + ">";
            case "object" -> objectType(schema, depth);
            default -> "unknown";
        };
    }

    private String objectType(JsonNode schema, int depth) {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            text.append(text.isEmpty() ? "{ " : " ")
                    .append(property(property.getKey()))
                    .append(required.contains(property.getKey()) ? ": " : "?: ")
                    .append(type(property.getValue(), depth + 1))
                    .append(';');
        }
        if (!text.isEmpty()) {
            return text.append(" }").toString();
        }
        return "Record<string, " + type(schema.path("additionalProperties"), depth + 1) + ">";
    }

    private String joined(JsonNode schemas, String by, int depth) {
        Set<String> types = new LinkedHashSet<>();
        schemas.forEach(one -> {
            String type = type(one, depth + 1);
            types.add(type.contains(" | ") || type.contains(" & ") ? "(" + type + ")" : type);
        });
        return String.join(by, types);
    }

    private static String literal(JsonNode value) {
        if (value.isTextual()) {
            return text(value.textValue());
        }
        return value.isNumber() || value.isBoolean() || value.isNull() ? value.toString() : "unknown";
    }

    // Text: everything in a document comes from outside of this generator

    private static String identifier(String text) {
        String cleaned = text.replaceAll("[^A-Za-z0-9_$]", "_");
        return cleaned.isEmpty() || Character.isDigit(cleaned.charAt(0)) ? "_" + cleaned : cleaned;
    }

    private static String unique(String name, Set<String> taken) {
        String free = name;
        for (int i = 2; !taken.add(free); i++) {
            free = name + i;
        }
        return free;
    }

    private static String property(String name) {
        return IDENTIFIER.matcher(name).matches() ? name : text(name);
    }

    private static String member(String name) {
        return IDENTIFIER.matcher(name).matches() ? "args." + name : "args[" + text(name) + "]";
    }

    /** A literal that ends nothing, also in a page or a comment. */
    private static String text(String value) {
        StringBuilder literal = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                literal.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                literal.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                literal.append(c);
            }
        }
        return literal.append('"').toString();
    }

    private void comment(String text, String indent) {
        String safe = text.replace("*/", "* /").strip();
        if (safe.isEmpty()) {
            return;
        }
        List<String> lines = safe.lines().toList();
        if (lines.size() == 1) {
            out.append(indent).append("/** ").append(lines.getFirst()).append(" */\n");
            return;
        }
        out.append(indent).append("/**\n");
        lines.forEach(line ->
                out.append(indent).append((" * " + line).stripTrailing()).append('\n'));
        out.append(indent).append(" */\n");
    }
}
