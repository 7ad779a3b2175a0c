// Checks an AsyncAPI document with the project's own parser: node check.mjs ../asyncapi.yaml
// Ends with 1 and a line for each error when the document is not valid.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Parser } from '@asyncapi/parser';

const path = resolve(process.argv[2] ?? '../asyncapi.yaml');
const { document, diagnostics } = await new Parser().parse(await readFile(path, 'utf8'), { source: path });

const errors = diagnostics.filter((d) => d.severity === 0);
for (const error of errors) {
  console.error(`${error.range.start.line + 1}: ${error.path.join('/')}: ${error.message}`);
}
if (!document || errors.length > 0) {
  process.exit(1);
}
console.log(`${document.channels().all().length} channels, ${document.allMessages().all().length} messages`);
