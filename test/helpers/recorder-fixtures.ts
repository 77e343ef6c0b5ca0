import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {brotliDecompressSync} from 'node:zlib';

const fixtures = fileURLToPath(new URL('../fixtures/recorder', import.meta.url));

/** The reference's recorder files, unpacked byte for byte into a temporary folder; `remove` is for `test.after`. */
export function unpackRecorderFixtures(): {readonly folder: string; remove(): void} {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-recorder-'));
	for (const entry of fs.readdirSync(fixtures, {recursive: true, withFileTypes: true})) {
		const from = path.join(entry.parentPath, entry.name);
		const to = path.join(folder, path.relative(fixtures, from)).replace(/\.br$/, '');
		if (entry.isDirectory()) {
			fs.mkdirSync(to, {recursive: true});
			continue;
		}

		fs.mkdirSync(path.dirname(to), {recursive: true});
		fs.writeFileSync(to, from.endsWith('.br') ? brotliDecompressSync(fs.readFileSync(from)) : fs.readFileSync(from));
	}

	return {
		folder,
		remove() {
			fs.rmSync(folder, {recursive: true});
		},
	};
}
