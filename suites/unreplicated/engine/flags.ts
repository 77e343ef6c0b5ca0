/*
Flags as the JAR's mains take them: `--port 10000`, durations as `2.0s` or `200ms`.
*/
const unitMs: Readonly<Record<string, number>> = {ns: 1e-6, us: 1e-3, ms: 1, s: 1000, min: 60_000, h: 3_600_000};

export type FlagTable = Readonly<Record<string, 'text' | 'integer' | 'duration'>>;
type FlagValues<Table extends FlagTable> = {readonly [Name in keyof Table]: Table[Name] extends 'text' ? string : number};

/** Parses the arguments; durations come out in milliseconds. Anything wrong is one line on stderr and exit code 2. */
export function parseFlags<Table extends FlagTable>(argv: readonly string[], table: Table, defaults: Partial<FlagValues<Table>> = {}): FlagValues<Table> {
	const values: Record<string, unknown> = {...defaults};
	for (let index = 0; index < argv.length; index += 2) {
		const name = argv[index]!.replace(/^--/, '');
		const kind = table[name];
		const text = argv[index + 1];
		if (!argv[index]!.startsWith('--') || kind === undefined) {
			fail(`unknown flag ${argv[index]!}`);
		}

		if (text === undefined) {
			fail(`--${name} lacks its value`);
		}

		values[name] = kind === 'text' ? text : parseNumber(name, text, kind);
	}

	if (!isWhole(values, table)) {
		fail(`--${Object.keys(table).find(name => values[name] === undefined)!} is missing`);
	}

	return values;
}

/** Whether each flag of a table has a value of its kind. */
function isWhole<Table extends FlagTable>(values: Readonly<Record<string, unknown>>, table: Table): values is FlagValues<Table> {
	return Object.entries(table).every(([name, kind]) => typeof values[name] === (kind === 'text' ? 'string' : 'number'));
}

function parseNumber(name: string, text: string, kind: 'integer' | 'duration'): number {
	if (kind === 'integer') {
		return /^-?\d+$/.test(text) ? Number(text) : fail(`--${name} takes a whole number, not "${text}"`);
	}

	const match = /^(?<amount>\d+(?:\.\d+)?)(?<unit>ns|us|ms|s|min|h)$/.exec(text)?.groups;
	return match ? Number(match['amount']) * unitMs[match['unit']!]! : fail(`--${name} takes a duration such as 2.0s, not "${text}"`);
}

/** Says on stderr what is wrong, and ends the process with exit code 2. */
export function fail(message: string): never {
	process.stderr.write(`${message}.\n`);
	process.exit(2);
}
