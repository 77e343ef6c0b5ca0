import {spawn} from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import {type ControlClient} from '../control/connect-control.ts';
import {type RunActions} from '../core/console.ts';
import {BenchError} from '../core/errors.ts';

/** What a console can do to a run: what its runner obeys, and looking at files. */
export function runActions(directory: string, control?: ControlClient): RunActions {
	return {
		...(control && {
			skip: async () => control.skip(),
			stop: async () => control.stop(),
			letGo: async () => control.letGo(),
			answer: async (question: string, text: string) => control.answer(question, text),
		}),
		openFile: async (benchmark, name) => openInEditor(path.join(directory, benchmark, name)),
	};
}

/** Opens a file in $VISUAL, $EDITOR or $PAGER, else in less; they may have arguments of their own. */
export async function openInEditor(file: string, {VISUAL, EDITOR, PAGER}: NodeJS.ProcessEnv = process.env): Promise<void> {
	// An empty one is none: the file itself would be the program.
	const program = [VISUAL, EDITOR, PAGER].find(word => word?.trim()) ?? 'less';
	const child = spawn('sh', ['-c', `${program} "$1"`, 'sh', file], {stdio: 'inherit'});
	const {promise, resolve, reject} = Promise.withResolvers<void>();
	child.on('error', reject);
	child.on('exit', code => {
		if (code === 126 || code === 127) {
			reject(new BenchError('usage', `${program} cannot be run; set EDITOR or PAGER to a program that is there.`));
		} else {
			resolve();
		}
	});
	await promise;
}
