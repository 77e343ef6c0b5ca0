/*
A whole figure as a small file: which runs, what of them, how it is drawn. `benchdeck plot FILE.json` draws it again, for
instance after the next run, where a RUN is `last`.
*/
import {BenchError} from '../../core/errors.ts';
import {isObject} from '../../core/json.ts';
import {type PlotKind} from './plot-data.ts';

export type FigureSpec = {
	readonly kind: PlotKind;
	/** As a person gives them: paths (relative to the file, or to where the command runs), words, `last`. */
	readonly runs: readonly string[];
	/** Where words are looked for; likewise. */
	readonly suiteDirectory?: string;
	readonly x?: string;
	readonly y?: string;
	readonly groupBy: readonly string[];
	/** A condition for all runs, or `LABEL: condition` for one. */
	readonly where: readonly string[];
	/** What a run, or a line, is called: word or name → text. */
	readonly labels: Readonly<Record<string, string>>;
	readonly logX: boolean;
	readonly logY: boolean;
	/** `3.3in`, `8.5cm`, `240pt`. */
	readonly width: string;
	/** The file that is drawn, relative to the spec's; undefined for the terminal. */
	readonly output?: string;
};

export const plotKinds: readonly PlotKind[] = ['lt', 'time', 'cdf', 'bar'];
export const defaultWidth = '3.3in';

/** The text of a spec file. */
export function figureText({kind, runs, suiteDirectory, x, y, groupBy, where, labels, logX, logY, width, output}: FigureSpec): string {
	return `${JSON.stringify({benchdeck: 'figure', kind, runs, suiteDirectory, x, y, groupBy, where, labels, logX, logY, width, output}, undefined, '\t')}\n`;
}

/**
Reads a spec file's text.

@param name What errors call it.
@throws BenchError `usage` naming the field that is wrong.
*/
export function parseFigure(text: string, name: string): FigureSpec {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		throw new BenchError('usage', `${name} is not JSON; name a figure that \`benchdeck plot -o\` wrote.`, {cause: error});
	}

	if (!isObject(value) || value['benchdeck'] !== 'figure') {
		throw new BenchError('usage', `${name} is no figure: it lacks "benchdeck": "figure".`);
	}

	const fields = value;
	const refuse = (field: string, what: string): never => {
		throw new BenchError('usage', `${name}: "${field}" is to be ${what}.`);
	};

	const textOf = (field: string) => {
		const found = fields[field];
		return found === undefined || typeof found === 'string' ? found : refuse(field, 'a text');
	};

	const textsOf = (field: string) => {
		const found = fields[field] ?? [];
		return Array.isArray(found) && found.every(item => typeof item === 'string') ? found : refuse(field, 'a list of texts');
	};

	const flagOf = (field: string) => {
		const found = fields[field] ?? false;
		return typeof found === 'boolean' ? found : refuse(field, 'true or false');
	};

	const runs = textsOf('runs');
	const kind = plotKinds.find(known => known === (fields['kind'] ?? 'lt'));
	const labels = fields['labels'] ?? {};
	const [suiteDirectory, x, y, output] = ['suiteDirectory', 'x', 'y', 'output'].map(field => textOf(field));
	const width = textOf('width') ?? defaultWidth;
	parseWidth(width, `${name}: "width"`);
	return {
		kind: kind ?? refuse('kind', `one of ${plotKinds.join(', ')}`),
		runs: runs.length > 0 ? runs : refuse('runs', 'a list of one run or more'),
		groupBy: textsOf('groupBy'),
		where: typeof fields['where'] === 'string' ? [fields['where']] : textsOf('where'),
		labels: isObject(labels) && Object.values(labels).every(label => typeof label === 'string') ? labels as Readonly<Record<string, string>> : refuse('labels', 'an object of texts'),
		logX: flagOf('logX'),
		logY: flagOf('logY'),
		width,
		...(suiteDirectory !== undefined && {suiteDirectory}),
		...(x !== undefined && {x}),
		...(y !== undefined && {y}),
		...(output !== undefined && {output}),
	};
}

/**
`WORD=Name` texts as a table.

@throws BenchError `usage` where a text is not of that form.
*/
export function parseLabels(texts: readonly string[]): Readonly<Record<string, string>> {
	return Object.fromEntries(texts.map(text => {
		const at = text.lastIndexOf('=');
		if (at < 1) {
			throw new BenchError('usage', `--label takes WORD=Name, not "${text}".`);
		}

		return [text.slice(0, at), text.slice(at + 1)];
	}));
}

const pointsIn: Readonly<Record<string, number>> = {in: 72, cm: 72 / 2.54, mm: 72 / 25.4, pt: 1, px: 0.75};

/**
A width in points, of which 72 are an inch.

@param where What errors call it.
@throws BenchError `usage` where it is none, or too small or large for a figure.
*/
export function parseWidth(text: string, where = '--width'): number {
	const parts = /^\s*(?<amount>\d+(?:\.\d+)?)\s*(?<unit>in|cm|mm|pt|px)\s*$/.exec(text)?.groups;
	const points = parts ? Number(parts['amount']) * pointsIn[parts['unit']!]! : NaN;
	if (!(points >= 72 && points <= 7200)) {
		throw new BenchError('usage', `${where} takes 1in to 100in, such as 3.3in, 8.5cm or 240pt, not "${text}".`);
	}

	return points;
}
