import {BenchError} from '../core/errors.ts';
import {printSeconds} from '../core/duration.ts';
import {timeText} from '../directory/time-text.ts';
import {allSuites} from '../results/list-suites.ts';
import {type ListedSuite} from '../results/listed-suite.ts';
import {csvOutput} from './csv-output.ts';
import {type ParsedFlags} from './flags.ts';
import {jsonText} from './json-text.ts';
import {type TableColumn, textTable} from './text-table.ts';
import {paintStatus, textStyle, type TextStyle} from './text-style.ts';

/** Prints the suites in some roots: as a table, as JSON or as CSV. */
export async function printSuites(roots: readonly string[], flags: ParsedFlags): Promise<void> {
	if (flags.is('json') && flags.is('csv')) {
		throw new BenchError('usage', '--json and --csv exclude each other.');
	}

	const suites = await allSuites(roots);
	if (flags.is('json')) {
		process.stdout.write(jsonText({suites: suites.map(suite => browseJson(suite))}));
	} else {
		process.stdout.write(flags.is('csv') ? browseCsv(suites) : browseText(suites, roots, textStyle(process.stdout)));
	}
}

/** What `browse --json` prints of a suite. */
function browseJson(suite: ListedSuite) {
	const {path, name, kind, word, status, total, finished, failed, durationMs, hosts, note, problem} = suite;
	return {
		path, name, kind, word: word ?? null, suite: suite.suite, engine: suite.engine ?? null, started: startOf(suite) ?? null, status: status ?? null, total, finished, failed,
		duration_seconds: durationMs === undefined ? null : Math.round(durationMs) / 1000, hosts, note: note ?? null, problem: problem ?? null,
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

	const column = (title: string, textOf: (suite: ListedSuite) => string, more: Partial<TableColumn> = {}): TableColumn => ({
		title,
		align: 'left',
		cells: suites.map(suite => textOf(suite)),
		...more,
	});
	const {lines} = textTable([
		column('started', suite => startOf(suite)?.replace(/\.\d+$/, '') ?? '-'),
		column('word', ({word}) => word ?? '-'),
		column('suite', ({suite, engine}) => engine === 'rehearsal' ? `rehearsal: ${suite}` : suite),
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
