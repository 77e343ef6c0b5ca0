/*
data.csv.gz: all rows, sorted by start, as pandas writes them. A gzip file may consist of several compressed members, so
every four megabytes of text are one, compressed on whichever thread is free while the next is being made.
*/
import {type FileHandle, open, rename, rm} from 'node:fs/promises';
import {dirname} from 'node:path';
import {promisify} from 'node:util';
import {gzip} from 'node:zlib';
import {formatColumns} from './header.ts';
import {type Slab} from './merge-blocks.ts';
import {type ParsedFiles} from './parse-files.ts';
import {RowFormatter} from './row-formatter.ts';
import {cannotWrite, syncDirectory, temporaryName} from './write-file-whole.ts';

const compress = promisify(gzip);
/** Level 1 packs these rows to a tenth; the default level takes three times as long to save a fifth of that. */
const level = 1;
/** Rows resemble those right before them: looking back eight kilobytes instead of thirty-two is faster, and finds shorter distances. */
const windowBits = 13;
const memberBytes = 4_194_304;
/** What a member is mostly packed into, in one piece. */
const packedBytes = 524_288;
/** Members that may be under way: enough for the cores, few enough to be small. */
const mostMembers = 4;

export class DataWriter {
	/**
	Opens a temporary file beside the path.

	@throws {BenchError} Where it cannot be created.
	*/
	static async open(path: string, parsed: ParsedFiles): Promise<DataWriter> {
		const temporary = temporaryName(path);
		try {
			return new DataWriter(path, await open(temporary, 'w'), parsed);
		} catch (error) {
			throw cannotWrite(path, error);
		}
	}

	readonly #path: string;
	readonly #file: FileHandle;
	readonly #formatter: RowFormatter;
	/** Members in the order of the file, each already on its way. */
	readonly #members: Array<Promise<Buffer>> = [];
	/** Buffers that members are done with: new ones for each would keep the garbage collector busier than the compression. */
	readonly #free: Buffer[] = [];

	private constructor(path: string, file: FileHandle, parsed: ParsedFiles) {
		this.#path = path;
		this.#file = file;
		this.#formatter = new RowFormatter(parsed, memberBytes);
		this.#formatter.addText(`${formatColumns[parsed.format].join(',')}\n`);
	}

	/** Adds the rows of a slab. */
	async write(slab: Slab): Promise<void> {
		for (let from = 0; from < slab.rows;) {
			from = this.#formatter.addRows(slab, from);
			if (this.#formatter.isFull) {
				await this.#startMember();
			}
		}
	}

	/** Flushes everything to the disk and gives the file its name. */
	async finish(): Promise<void> {
		await this.#startMember();
		while (this.#members.length > 0) {
			await this.#writeMember();
		}

		try {
			await this.#file.sync();
			await this.#file.close();
			await rename(temporaryName(this.#path), this.#path);
			await syncDirectory(dirname(this.#path));
		} catch (error) {
			throw cannotWrite(this.#path, error);
		}
	}

	/** Leaves no trace; what has that name already stays. */
	async abandon(): Promise<void> {
		await Promise.allSettled(this.#members);
		await this.#file.close();
		await rm(temporaryName(this.#path), {force: true});
	}

	async #startMember(): Promise<void> {
		this.#members.push(this.#pack(this.#formatter.take(this.#free.pop())));
		if (this.#members.length >= mostMembers) {
			await this.#writeMember();
		}
	}

	async #pack(text: Buffer): Promise<Buffer> {
		const member = await compress(text, {level, windowBits, chunkSize: packedBytes});
		this.#free.push(text);
		return member;
	}

	async #writeMember(): Promise<void> {
		try {
			const member = await this.#members.shift();
			await this.#file.writeFile(member!);
		} catch (error) {
			throw cannotWrite(this.#path, error);
		}
	}
}
