import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {type TestContext} from 'node:test';
import {cli} from './command.ts';

/** Serves a run until what it printed says that it is ready; the texts of the command, and what ends it. */
export async function serve(context: TestContext, ...words: readonly string[]): Promise<{readonly text: string; stop(): Promise<number | null>}> {
	const child = spawn(process.execPath, [cli, 'serve', ...words], {stdio: ['ignore', 'pipe', 'inherit']});
	context.after(() => child.kill('SIGKILL'));
	let text = '';
	for await (const chunk of child.stdout) {
		text += String(chunk);
		if (text.includes('Ctrl-C ends.')) {
			break;
		}
	}

	return {
		text,
		async stop() {
			const ended = once(child, 'exit');
			child.kill('SIGINT');
			const [code] = await ended as [number | null];
			return code;
		},
	};
}

/** What an instant query answers with. */
export async function ask(url: string, query: string, at: number): Promise<ReadonlyArray<{readonly metric: Readonly<Record<string, string>>; readonly value: number}>> {
	const response = await fetch(`${url}/api/v1/query?${new URLSearchParams({query, time: String(at / 1000)}).toString()}`);
	const {data, error} = (await response.json()) as {
		readonly error?: string;
		readonly data?: {readonly result: ReadonlyArray<{readonly metric: Record<string, string>; readonly value: readonly [number, string]}>};
	};
	assert.ok(data, `${query}: ${error}`);
	return data.result.map(({metric, value}) => ({metric, value: Number(value[1])}));
}
