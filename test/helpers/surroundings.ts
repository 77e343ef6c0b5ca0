import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** An XDG home of the test's own, for this process and those that it starts: what is the person's is neither read nor written. */
export const ownHome = leavePersonAlone();

function leavePersonAlone(): string {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-home-'));
	for (const name of ['STATE', 'CONFIG', 'CACHE', 'DATA']) {
		process.env[`XDG_${name}_HOME`] = path.join(folder, name.toLowerCase());
	}

	process.env['XDG_RUNTIME_DIR'] = folder;
	process.on('exit', () => {
		fs.rmSync(folder, {recursive: true, force: true});
	});
	return folder;
}
