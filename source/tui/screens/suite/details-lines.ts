import {isFigure, type ResultSet} from '../../../results/result-set.ts';
import {cellText, valueText} from '../../../results/cell-text.ts';
import {plainText} from '../../../logs/styled-text.ts';
import {meanOf, sampleDeviation} from '../../../core/sample.ts';
import {type Line, lineOf, segment} from '../../text/line.ts';
import {wrapWords} from '../../text/wrap-words.ts';
import {type ViewRow} from '../../../results/table-view.ts';

/** A row of a view, or a benchmark alone. */
type DetailedRow = Pick<ViewRow, 'members' | 'id' | 'status'>;

/** All that is known of a row: its input, every output, and where the figures come from. */
export function detailsLines(set: ResultSet, row: DetailedRow | undefined, width: number): readonly Line[] {
	if (!row) {
		return [];
	}

	const failure = set.run?.benchmarks.find(({id}) => id === row.id)?.failure;
	const pairs = (names: readonly string[]): readonly Line[] => {
		const longest = Math.min(Math.floor(width * 0.6), Math.max(0, ...names.map(name => name.length)));
		return names.map((name): Line => [segment(`  ${plainText(name).slice(0, longest).padEnd(longest)}  `, 'muted'), segment(plainText(outputText(set, row, name)))]);
	};

	const origins = [...new Set(set.outputs.map(name => origin(name)))];
	return [
		[segment(row.members.length > 1 ? `${row.members.length} repetitions` : row.id, 'plain', {bold: true}), segment(`  ${row.status}`, row.status === 'failed' ? 'bad' : 'muted')],
		...(failure ? [lineOf(plainText(failure.message), 'bad')] : []),
		[],
		lineOf('Input', 'accent', {bold: true}),
		...pairs([...set.inputs, ...set.derived]),
		[],
		lineOf('Output', 'accent', {bold: true}),
		...pairs(set.outputs),
		[],
		lineOf('Where the figures come from', 'accent', {bold: true}),
		...origins.flatMap(line => wrapWords(line, width - 2)).map(line => lineOf(`  ${line}`, 'muted')),
	];
}

function outputText(set: ResultSet, {members}: DetailedRow, name: string): string {
	const numbers = members.map(member => set.value(name, member)).filter(value => typeof value === 'number');
	return members.length > 1 && numbers.length > 0 && set.outputs.includes(name)
		? cellText({value: meanOf(numbers), deviation: sampleDeviation(numbers), count: numbers.length})
		: valueText(set.value(name, members[0] ?? 0), set.outputs.includes(name) ? 'output' : 'input');
}

/** How a figure was worked out, in one sentence. */
function origin(name: string): string {
	if (!isFigure(name)) {
		return `${name}: as results.csv has it.`;
	}

	const label = /^(?<label>.+)_output\./.exec(name)?.groups?.['label'];
	const whose = label === undefined ? 'the clients\' recorder rows' : `the recorder rows of label ${label}`;
	return name.includes('latency.')
		? `latency: over ${whose}, after the dropped prefix, in ms; quantiles interpolate linearly.`
		: `throughput: for each of ${whose}, the requests that started in the window up to it, per second.`;
}
