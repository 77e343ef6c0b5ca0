/*
Puts samples that stand in the order of the scrapes into OpenMetrics' order: a family's together, and in it each metric's,
oldest first. Text goes through a buffer of fixed size; a full one is sorted into a run, and the runs are merged at the end,
so that a night's record takes no more memory than a minute's.
*/
import {seriesText} from '../core/series.ts';
import {asBytes, type Bytes} from './exposition-bytes.ts';
import {labelsOf} from './exposition.ts';
import {ExpositionScanner} from './exposition-scanner.ts';
import {familyCandidates} from './metric-family.ts';
import {type RunStore} from './sorted-runs.ts';

const pieceBytes = 256 * 1024;

/** Samples of one metric: one labelset, whatever its `le` or `quantile`. */
type Group = {
	/** Where its lines of the present run begin and end, by turns. */
	lines: number[];
	/** Where its parts lie among the runs: offset and length, by turns. */
	readonly parts: number[];
};

type Family = {readonly name: string; type?: string; help?: string; readonly groups: Map<string, Group>};

export class SampleGroups {
	readonly #runs: RunStore;
	readonly #runBytes: number;
	readonly #families = new Map<string, Family>();
	readonly #groupOf = new Map<string, Group>();
	readonly #run: Bytes;
	#sorted: Bytes | undefined;
	/** Bytes of the run that are filled, and those that are scanned. */
	#filled = 0;
	#scanned = 0;
	#runsLength = 0;

	constructor(runs: RunStore, runBytes: number) {
		this.#runs = runs;
		this.#runBytes = runBytes;
		this.#run = asBytes(new Uint8Array(runBytes));
	}

	/** Memory for the next bytes of text, at least one; `added` says how many there are. */
	room(): Uint8Array {
		return this.#run.subarray(this.#filled);
	}

	async added(bytes: number): Promise<void> {
		this.#filled += bytes;
		this.#scan();
		if (this.#filled === this.#runBytes) {
			await this.#endRun();
		}
	}

	// The whole record in order, in pieces of a size that is worth a call. A last line without its end is cut off, whatever it looks like.
	async * sorted(): AsyncGenerator<Uint8Array> {
		await this.#endRun();
		let piece = asBytes(new Uint8Array(pieceBytes));
		let length = 0;
		for await (const part of this.#parts()) {
			if (length > 0 && length + part.length > pieceBytes) {
				yield piece.subarray(0, length);
				piece = asBytes(new Uint8Array(Math.max(pieceBytes, part.length)));
				length = 0;
			}

			piece = part.length > piece.length ? asBytes(new Uint8Array(part.length)) : piece;
			piece.set(part, length);
			length += part.length;
		}

		yield piece.subarray(0, length);
	}

	async * #parts(): AsyncGenerator<Uint8Array> {
		for (const {name, type, help, groups} of this.#families.values()) {
			const head = `${type === undefined ? '' : `# TYPE ${name} ${type}\n`}${help === undefined ? '' : `# HELP ${name} ${help}\n`}`;
			if (groups.size > 0) {
				yield Buffer.from(head);
			}

			for (const {parts} of groups.values()) {
				for (let index = 0; index < parts.length; index += 2) {
					yield this.#runs.read(parts[index]!, parts[index + 1]!);
				}
			}
		}

		yield Buffer.from('# EOF\n');
	}

	#scan(): void {
		const end = this.#run.subarray(0, this.#filled).lastIndexOf(0x0A) + 1;
		if (end <= this.#scanned) {
			return;
		}

		const text = this.#run.subarray(this.#scanned, end);
		const scanner = new ExpositionScanner(text, {source: 'metrics.om', format: 'openmetrics', metadata: true});
		for (;;) {
			try {
				const scanned = scanner.next();
				if (scanned === 'end') {
					break;
				}

				if (scanned === 'sample') {
					// `bytes` end with the line: behind the scanner's fields stands only the timestamp.
					const lineEnd = text.indexOf(0x0A, scanner.textEnd) + 1;
					if (!Number.isNaN(scanner.timestamp)) {
						this.#group(scanner, text).lines.push(this.#scanned + scanner.nameStart, this.#scanned + lineEnd);
					}
				} else {
					this.#describe(scanned, text.toString('latin1', scanner.nameStart, scanner.nameEnd), text.toString('utf8', scanner.textStart, scanner.textEnd));
				}
			} catch {
				// A line that was torn when the machine went down: the ones around it are good.
				scanner.skipLine();
			}
		}

		this.#scanned = end;
	}

	#describe(kind: 'type' | 'help', name: string, text: string): void {
		const family = this.#families.get(name) ?? {name, groups: new Map<string, Group>()};
		family[kind] ??= text;
		this.#families.set(name, family);
	}

	#group(scanner: ExpositionScanner, text: Bytes): Group {
		const series = text.toString('latin1', scanner.nameStart, scanner.seriesEnd);
		const known = this.#groupOf.get(series);
		if (known) {
			return known;
		}

		const family = this.#familyOf(text.toString('latin1', scanner.nameStart, scanner.nameEnd));
		const {le, quantile, ...labels} = labelsOf(scanner, text);
		const isParted = family.type === 'histogram' || family.type === 'gaugehistogram' || family.type === 'summary';
		const key = seriesText('', isParted ? labels : {...labels, ...(le !== undefined && {le}), ...(quantile !== undefined && {quantile})});
		const group = family.groups.get(key) ?? {lines: [], parts: []};
		family.groups.set(key, group);
		this.#groupOf.set(series, group);
		return group;
	}

	#familyOf(sample: string): Family {
		for (const {name, types} of familyCandidates(sample)) {
			const family = this.#families.get(name);
			if (family?.type !== undefined && types.includes(family.type)) {
				return family;
			}
		}

		const made = this.#families.get(sample) ?? {name: sample, groups: new Map<string, Group>()};
		this.#families.set(sample, made);
		return made;
	}

	/** Sorts what was scanned into a run, and moves the unfinished line to the front. */
	async #endRun(): Promise<void> {
		this.#sorted ??= asBytes(new Uint8Array(this.#runBytes));
		let length = 0;
		for (const {groups} of this.#families.values()) {
			for (const group of groups.values()) {
				const start = length;
				for (let index = 0; index < group.lines.length; index += 2) {
					const [from, to] = [group.lines[index]!, group.lines[index + 1]!];
					this.#run.copy(this.#sorted, length, from, to);
					length += to - from;
				}

				if (!(length > start)) {
					continue;
				}

				group.parts.push(this.#runsLength + start, length - start);
				group.lines = [];
			}
		}

		// Text of a whole run without a line's end is no record of ours.
		const rest = this.#scanned === 0 && this.#filled === this.#runBytes ? this.#filled : this.#scanned;
		this.#run.copyWithin(0, rest, this.#filled);
		this.#filled -= rest;
		this.#scanned = 0;
		this.#runsLength += length;
		await this.#runs.append(this.#sorted.subarray(0, length));
	}
}
