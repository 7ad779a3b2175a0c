package dev.devmentor.gateway.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class TypeScriptClientTest {
    private static final String DOCUMENT = """
            {"openapi": "3.1.0", "paths": {
              "/api/learning/cards/{item-id}": {
                "parameters": [{"name": "item-id", "in": "path", "required": true, "schema": {"type": "string"}}],
                "get": {"summary": "A card */ alert(1)", "parameters": [
                    {"name": "history", "in": "query", "description": "0 to 500", "schema": {"type": "integer"}},
                    {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}},
                    {"name": "Authorization", "in": "header", "schema": {"type": "string"}}],
                  "responses": {"200": {"description": "it", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Card-View"}}}}}},
                "post": {"security": [{"s": []}], "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}},
                  "responses": {"204": {"description": "done"}}}}},
             "components": {"schemas": {
               "Card-View": {"type": "object", "description": "A card", "required": ["state"], "properties": {
                 "state": {"enum": ["new", "a\\"b\\u2028"]}, "dueAt": {"type": ["string", "null"]},
                 "skills": {"type": "array", "items": {"type": "string"}}, "by-state": {"type": "object", "additionalProperties": {"type": "integer"}},
                 "either": {"oneOf": [{"type": "string"}, {"$ref": "#/components/schemas/Error"}]}, "any": {}}},
               "Error": {"allOf": [{"$ref": "#/components/schemas/Card-View"}, {"type": "object", "properties": {"old": {"type": "string", "nullable": true}}}]}}}}""";

    private final ObjectNode merged = Merge.of(List.of(MergeTest.part("learning-service", DOCUMENT, true)), List.of());
    private final String client = TypeScriptClient.of(merged);

    @Test
    void aSchemaIsAType() {
        assertThat(client).contains("""
                /** A card */
                export type Card_View = { state: "new" | "a\\"b\\u2028"; dueAt?: string | null; skills?: Array<string>;\
                 "by-state"?: Record<string, number>; either?: string | Error2; any?: unknown; };
                """).contains("export type Error2 = Card_View & ({ old?: string | null; });\n");
    }

    @Test
    void anOperationIsAFunction() {
        assertThat(client).contains("""
                /**
                 * A card * / alert(1)
                 *
                 * GET /api/learning/cards/{item-id}
                 */
                export function getLearningCardsByItemId(config: Config, args: {
                  "item-id": string;
                  /** 0 to 500 */
                  history?: number;
                  "Idempotency-Key"?: string;
                }): Promise<Card_View> {
                  return call<Card_View>(config, "GET", "/api/learning/cards/" + encodeURIComponent(String(args["item-id"])),\
                 { "history": args.history }, { "Idempotency-Key": args["Idempotency-Key"] }, null, undefined);
                }
                """).contains("""
                export function postLearningCardsByItemId(config: Config, args: {
                  "item-id": string;
                  body: Error2;
                }): Promise<unknown> {
                  return call<unknown>(config, "POST", "/api/learning/cards/" + encodeURIComponent(String(args["item-id"])),\
                 {}, {}, "application/json", args.body);
                }
                """);
    }

    @Test
    void anOperationIsACommandThatTheShellReadsAsOne() {
        ObjectNode evil = Merge.of(List.of(MergeTest.part("learning-service", """
                        {"openapi": "3.1.0", "paths": {"/api/learning/$(rm -rf /)`x`\\"": {"get": {"summary": "a\\nrm -rf /", "security": [{"s": []}], "responses": {}}}}}""", true)), List.of());
        assertThat(CurlClient.of(evil)).endsWith("""

                # a rm -rf /
                curl -sS -X GET "$DEVMENTOR/api/learning/\\$(rm -rf /)\\`x\\`\\"" -H "Authorization: Bearer $TOKEN"
                """);
    }
}
