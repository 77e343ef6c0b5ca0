/*
The page of all keys, from the one table of them: node --import=tsx test/pictures/keys-page.ts
*/
import fs from 'node:fs';
import {fileURLToPath} from 'node:url';
import {keymapMarkdown} from '../../source/tui/keys/keymap.ts';

export const keysPage = fileURLToPath(new URL('../../.github/KEYS.md', import.meta.url));

/** The page as it should be. */
export function keysPageText(): string {
	return `# Keys

<!-- npm run documents makes this page from source/tui/keys/. -->

\`?\` shows those that hold on a screen; the configuration's \`keys\` gives commands others (\`{"keys": {"zoom": "f"}}\`).

${keymapMarkdown()}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	fs.writeFileSync(keysPage, keysPageText());
}
