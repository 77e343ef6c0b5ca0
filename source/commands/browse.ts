import {BenchError} from '../core/errors.ts';
import {printSeconds} from '../core/duration.ts';
import {timeText} from '../directory/time-text.ts';
import {readLastRoot} from '../results/last-root.ts';
import {allSuites} from '../results/list-suites.ts';
import {type ListedSuite} from '../results/listed-suite.ts';
import {browseScreen} from './browse-screen.ts';
import {configuration} from './configuration.ts';
import {csvOutput} from './csv-output.ts';
import {parseFlags} from './flags.ts';
import {commandFlags} from './help.ts';
import {jsonText} from './json-text.ts';
import {screenSettings} from './screen-settings.ts';
import {type TableColumn, textTable} from './text-table.ts';
import {paintStatus, textStyle, type TextStyle} from './text-style.ts';

/** `benchdeck browse [ROOT…]`: the suites, as JSON, CSV or a plain table. */
export async function browseCommand(argv: readonly string[]): Promise<number> {
	const flags = parseFlags('browse', argv, commandFlags('browse'));
	if (flags.is('json') && flags.is('csv')) {
		throw new BenchError('usage', '--json and --csv exclude each other.');
	}

	const roots = await browseRoots(flags.positional);
	if (!flags.is('json') && !flags.is('csv') && process.stdin.isTTY && process.stdout.isTTY) {
		return browseScreen({kind: 'suites'}, roots, screenSettings(argv));
	}

	const suites = await allSuites(roots);
	if (flags.is('json')) {
		process.stdout.write(jsonText({suites: suites.map(suite => browseJson(suite))}));
	} else {
		process.stdout.write(flags.is('csv') ? browseCsv(suites) : browseText(suites, roots, textStyle(process.stdout)));
	}

	return 0;
}

/** `benchdeck` alone on a terminal: the start screen. */
export async function homeScreen(): Promise<number> {
	return browseScreen({kind: 'home'}, await browseRoots([]), screenSettings([]));
}

/** The roots to list: those that a person names, else the configuration's, else where suites were written last, else ./runs. */
export async function browseRoots(said: readonly string[]): Promise<readonly string[]> {
	const known = said.length > 0 ? said : configuration().roots;
	return known.length > 0 ? known : [await readLastRoot(process.env) ?? 'runs'];
}

/** What `browse --json` prints of a suite. */
export function browseJson(suite: ListedSuite) {
	const {path, name, kind, word, status, total, finished, failed, durationMs, hosts, note, problem} = suite;
	return {
		path, name, kind, word: word ?? null, suite: suite.suite, engine: suite.engine ?? null, started: startOf(suite) ?? null, status: status ?? null, total, finished, failed,
		duration_seconds: durationMs === undefined ? null : durationMs / 1000, hosts, note: note ?? null, problem: problem ?? null,
	};
}

function browseCsv(suites: readonly ListedSuite[]): string {
	const rows = suites.map(suite => browseJson(suite));
	const columns = ['path', 'name', 'kind', 'word', 'suite', 'engine', 'started', 'status', 'total', 'finished', 'failed', 'duration_seconds', 'hosts', 'note', 'problem'] as const;
	return csvOutput(columns, rows.map(row => columns.map(column => {
		const value = row[column];
		return Array.isArray(value) ? value.join(' ') : value as string | number | null;
	})));
}

function browseText(suites: readonly ListedSuite[], roots: readonly string[], style: TextStyle): string {
	if (suites.length === 0) {
		return `Nothing is in ${roots.join(', ')}.\n`;
	}

	const column = (title: string, textOf: (suite: ListedSuite) => string, more: Partial<TableColumn> = {}): TableColumn => ({title, align: 'left', cells: suites.map(suite => textOf(suite)), ...more});
	const {lines} = textTable([
		column('started', suite => startOf(suite)?.replace(/\.\d+$/, '') ?? '-'),
		column('word', ({word}) => word ?? '-'),
		column('suite', ({suite, engine}) => engine === 'rehearsal' ? `${suite} (rehearsal)` : suite),
		column('status', ({status, kind}) => status ?? kind, {paint: cell => paintStatus(cell, cell.trim(), style)}),
		column('done', suite => doneText(suite)),
		column('took', ({durationMs}) => durationMs === undefined ? '-' : printSeconds(durationMs), {align: 'right', isOptional: true}),
		column('hosts', ({hosts}) => hosts.join(' '), {isOptional: true}),
		column('note', ({note, problem}) => problem ?? note ?? '', {isOptional: true}),
	], style.width);
	return lines.map(line => `${line}\n`).join('');
}

function doneText({kind, finished, failed, total}: ListedSuite): string {
	const failures = failed === 0 ? '' : `, ${failed} failed`;
	return kind === 'foreign' || kind === 'unreadable' ? '-' : `${finished}/${total}${failures}`;
}

function startOf({startedAt}: ListedSuite): string | undefined {
	return startedAt === undefined ? undefined : timeText(startedAt);
}
