/*
The README's pictures of the console, from the screen of a real emulator: node --import=tsx test/pictures/console-pictures.ts
*/
import fs from 'node:fs';
import {fileURLToPath} from 'node:url';
import {openConsole} from '../../source/tui/open-console.ts';
import {FakeTerminal} from '../helpers/fake-terminal.ts';
import {type FakeRun} from '../helpers/fake-run.ts';
import {crashScene, fleetScene, measuringScene} from '../helpers/scenes.ts';
import {screenSvg} from './screen-svg.ts';

type Picture = {
	readonly name: string;
	readonly title: string;
	readonly run: FakeRun;
	readonly keys: readonly string[];
	readonly until: string | RegExp;
	readonly columns?: number;
	readonly rows?: number;
};

const pictures: readonly Picture[] = [
	{
		name: 'console',
		title: 'The live console while a benchmark is measured',
		run: measuringScene(),
		keys: [],
		until: /throughput +16\.1k[\s\S]*/,
		columns: 125,
		rows: 30,
	},
	{
		name: 'console-crash',
		title: 'A server has died: its pane goes first, with its exit code and its stderr',
		run: crashScene(),
		keys: ['['],
		until: /stderr[\s\S]*throughput +1/,
		columns: 125,
		rows: 30,
	},
	{
		name: 'console-fleet',
		title: 'A hundred processes: a map of the fleet above the panes that fit',
		run: fleetScene(100),
		keys: [],
		until: /throughput +\d/,
		columns: 160,
		rows: 42,
	},
	{
		name: 'console-charts',
		title: 'Throughput at full size, with the phases marked',
		run: measuringScene(),
		keys: ['c'],
		until: /per second[\s\S]*measuring/,
		columns: 125,
		rows: 30,
	},
];

for (const {name, title, run, keys, until, columns = 120, rows = 40} of pictures) {
	const terminal = new FakeTerminal(columns, rows);
	const ended = openConsole({
		sources: run.sources, actions: {async skip() {/* For the footer. */}, async stop() {/* For the footer. */}}, role: 'attached', comeBack: '', clock: () => run.now,
		stdin: terminal.stdin, stdout: terminal.stdout, env: {LANG: 'C.UTF-8', COLORTERM: 'truecolor'}, signals: false,
	});
	await terminal.waitFor('all keys');
	terminal.press(...keys);
	await terminal.waitFor(until);
	fs.writeFileSync(fileURLToPath(new URL(`../../.github/${name}.svg`, import.meta.url)), screenSvg(terminal.buffer, columns, rows, title));
	terminal.stdin.emit('end');
	await ended;
	terminal.dispose();
}
