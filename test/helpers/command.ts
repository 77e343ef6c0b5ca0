import {spawn} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {type TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';

export {ownHome} from './surroundings.ts';

export const cli = fileURLToPath(new URL('../../build/source/cli.js', import.meta.url));

export type Result = {readonly code: number | null; readonly stdout: string; readonly stderr: string};

/** A folder that is gone after the test. */
export function temporaryFolder(context: TestContext): string {
	const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'benchdeck-'));
	context.after(() => {
		// What was ended with the test may still write.
		fs.rmSync(folder, {recursive: true, force: true, maxRetries: 20, retryDelay: 100});
	});
	return folder;
}

/** Runs the built command to its end. */
export async function benchdeck(
	words: readonly string[],
	options: {
		readonly cwd?: string;
		readonly env?: NodeJS.ProcessEnv;
		readonly onStdout?: (text: string, child: ReturnType<typeof spawn>) => void;
	} = {},
): Promise<Result> {
	const child = spawn(process.execPath, [cli, ...words], {cwd: options.cwd, env: options.env ?? process.env, stdio: ['ignore', 'pipe', 'pipe']});
	let stdout = '';
	let stderr = '';
	child.stdout.on('data', (chunk: Buffer) => {
		stdout += chunk.toString();
		options.onStdout?.(stdout, child);
	});
	child.stderr.on('data', (chunk: Buffer) => {
		stderr += chunk.toString();
	});
	const {promise, resolve} = Promise.withResolvers<number | null>();
	child.on('close', resolve);
	return {code: await promise, stdout, stderr};
}
