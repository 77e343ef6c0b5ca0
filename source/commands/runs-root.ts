import fs from 'node:fs';
import {readLastRoot} from '../results/last-root.ts';

/** Where RUN is looked for by its word: what a person says, else ./runs, else where suites were written last. */
export async function runsRoot(said: string | undefined): Promise<string> {
	return said ?? (fs.existsSync('runs') ? undefined : await readLastRoot(process.env)) ?? 'runs';
}
