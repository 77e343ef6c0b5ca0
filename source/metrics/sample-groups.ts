/*
Puts samples that stand in the order of the scrapes into OpenMetrics' order: a family's together, and in it each metric's,
oldest first. Text goes through a buffer of fixed size; a full one is sorted into a run, and the runs are merged at the end,
so that a night's record takes no more memory than a minute's.
*/
import {asBytes, type Bytes} from './exposition-bytes.ts';
import {ExpositionScanner} from './exposition-scanner.ts';
import {FamilyGroups} from './family-groups.ts';
import {type RunStore} from './sorted-runs.ts';

const pieceBytes = 256 * 1024;

export class SampleGroups {
	readonly #runs: RunStore;
	readonly #runBytes: number;
	readonly #groups = new FamilyGroups();
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
		for (const {head, groups} of this.#groups.all) {
			yield Buffer.from(head);
			for (const {parts} of groups) {
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
		let isAtEnd = false;
		while (!isAtEnd) {
			isAtEnd = this.#scanLine(scanner, text);
		}

		this.#scanned = end;
	}

	/** Takes the next line that says something; true at the end. */
	#scanLine(scanner: ExpositionScanner, text: Bytes): boolean {
		try {
			const scanned = scanner.next();
			if (scanned === 'sample') {
				this.#takeSample(scanner, text);
			} else if (scanned !== 'end') {
				this.#groups.describe(scanned, scanner, text);
			}

			return scanned === 'end';
		} catch {
			// A line that was torn when the machine went down: the ones around it are good.
			scanner.skipLine();
			return false;
		}
	}

	#takeSample(scanner: ExpositionScanner, text: Bytes): void {
		if (!Number.isNaN(scanner.timestamp)) {
			// `bytes` end with the line: behind the scanner's fields stands only the timestamp.
			const lineEnd = text.indexOf(0x0A, scanner.textEnd) + 1;
			this.#groups.group(scanner, text).lines.push(this.#scanned + scanner.nameStart, this.#scanned + lineEnd);
		}
	}

	/** Sorts what was scanned into a run, and moves the unfinished line to the front. */
	async #endRun(): Promise<void> {
		this.#sorted ??= asBytes(new Uint8Array(this.#runBytes));
		let length = 0;
		for (const group of this.#groups.all.flatMap(({groups}) => [...groups])) {
			const start = length;
			for (let index = 0; index < group.lines.length; index += 2) {
				const [from, to] = [group.lines[index]!, group.lines[index + 1]!];
				this.#run.copy(this.#sorted, length, from, to);
				length += to - from;
			}

			if (length === start) {
				continue;
			}

			group.parts.push(this.#runsLength + start, length - start);
			group.lines = [];
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
