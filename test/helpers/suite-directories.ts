import fs from 'node:fs';
import path from 'node:path';
import {type TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';
import {type RunEvent} from '../../source/core/event.ts';
import {openJournal} from '../../source/directory/journal.ts';
import {temporaryFolder} from './command.ts';

/** Suite directories that the reference harness made. */
export const references = fileURLToPath(new URL('../fixtures/suite', import.meta.url));
export const unreplicated = path.join(references, '2026-11-23_06:17:57.682474_IHZHEHZZAL_unreplicated_smoke');
export const monitored = path.join(references, '2026-11-23_06:30:50.462074_XUZHZZDPBI_unreplicated_prom');
export const multipaxos = path.join(references, '2026-11-23_06:47:12.749831_VVMGNFMUTO_multipaxos_smoke');

/** A copy to damage, under its own name; gone after the test. */
export function copyOf(context: TestContext, directory: string): string {
	const copy = path.join(temporaryFolder(context), path.basename(directory));
	fs.cpSync(directory, copy, {recursive: true});
	return copy;
}

/** A suite directory with nothing but a journal. */
export function journaled(context: TestContext, events: readonly RunEvent[]): string {
	const directory = path.join(temporaryFolder(context), '2026-11-23_06:17:57.682474_ABCDEFGHIJ_tiny_smoke');
	fs.mkdirSync(directory);
	const journal = openJournal(path.join(directory, 'events.jsonl'));
	for (const event of events) {
		journal.write(event);
	}

	journal.close();
	return directory;
}

/** How a run of a suite with these inputs begins. */
export function suiteStarted(at: number, inputs: ReadonlyArray<Readonly<Record<string, number>>>, selected = inputs.map((_, place) => place + 1)): RunEvent {
	return {
		type: 'suite-started', at, suite: 'tiny/smoke', name: 'tiny_smoke', directory: '/runs/tiny', engine: 'program', args: {suite: 'tiny/smoke'}, inputs, selected,
		estimatesMs: selected.map(() => 1000),
		runner: {pid: 1, hostname: 'here', version: '0.1.0'}, hosts: ['localhost'], command: {argv: ['tiny/smoke'], cwd: '/runs'},
	};
}
