// Runs journeys: node run.mjs ADDRESS CHROMIUM DIRECTORY JOURNEY...

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Browser } from './browser.mjs';

const [base, program, directory, ...journeys] = process.argv.slice(2);
let failed = 0;
for (const name of journeys) {
  const began = performance.now();
  const browser = await Browser.start(program);
  let page;
  try {
    page = await browser.page();
    await (await import(`./${name}.mjs`)).default({ base, page });
    if (page.complaints.length) throw new Error(`the browser complained: ${page.complaints.join('; ')}`);
    console.log(`${name}: passed in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  } catch (failure) {
    failed++;
    console.log(`${name}: FAILED: ${failure.stack}`);
    await mkdir(directory, { recursive: true });
    await page?.picture(join(directory, `${name}.png`)).catch(() => {});
    const text = await page?.text().catch(() => '');
    await writeFile(join(directory, `${name}.txt`), `${failure.stack}\n\n${(page?.complaints ?? []).join('\n')}\n\n${text}\n`);
    console.log(`  a picture and the text of the page are in ${directory}`);
  } finally {
    await browser.close();
  }
}
console.log(`${journeys.length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
