/*
A file of a host to this machine: a plain `cat` over a channel, which in JavaScript is faster than SFTP with its answer for
every 32 KiB. It streams, goes on once where it was cut, and the sizes are compared in the end.
*/
import fs from 'node:fs';
import {stat} from 'node:fs/promises';
import {pipeline} from 'node:stream/promises';
import {BenchError, messageOf} from '../core/errors.ts';
import {shellQuote} from '../core/shell-quote.ts';
import {type SshPool} from './ssh-pool.ts';
import {scriptFromInput} from './supervisor-script.ts';

type Download = {
	readonly address: string;
	readonly pool: SshPool;
	readonly from: string;
	readonly to: string;
	/** In bytes on the host; undefined where there is no such file. */
	readonly size: () => Promise<number | undefined>;
};

// A transfer that brings nothing for so long is cut.
const stalledMs = 10_000;

/** Rejects with a BenchError that names host and file; what came over by then stays. */
export async function download({address, pool, from, to, size}: Download): Promise<void> {
	const wanted = await size();
	if (wanted === undefined) {
		throw new BenchError('host', `${address}: there is no file ${from}.`);
	}

	let reason = '';
	for (let offset = 0, tries = 0; tries < 2; tries++) {
		try {
			await copyFrom(pool, {from, to, offset});
		} catch (error) {
			reason = `: ${messageOf(error)}`;
		}

		offset = await sizeHere(to);
		// A file that still grows has come over as far as it went.
		if (offset >= wanted) {
			return;
		}
	}

	throw new BenchError('host', `${address}: only ${await sizeHere(to)} of ${wanted} bytes of ${from} came over${reason.replace(/\.$/, '')}.`);
}

async function copyFrom(pool: SshPool, {from, to, offset}: {readonly from: string; readonly to: string; readonly offset: number}): Promise<void> {
	const script = offset === 0 ? `exec cat <${shellQuote(from)}` : `exec tail -c +${offset + 1} <${shellQuote(from)}`;
	const channel = await pool.execute(scriptFromInput(script), 'bulk');
	let said = '';
	channel.stderr.on('data', (chunk: Buffer) => {
		said = (said + chunk.toString()).slice(-300);
	});
	const cut = () => {
		said = `nothing came for ${stalledMs / 1000} s`;
		channel.destroy();
	};

	let silent = setTimeout(cut, stalledMs);

	channel.end(script);
	try {
		await pipeline(channel, async function * (chunks: AsyncIterable<Buffer>) {
			for await (const chunk of chunks) {
				clearTimeout(silent);
				silent = setTimeout(cut, stalledMs);
				yield chunk;
			}
		}, fs.createWriteStream(to, {flags: offset === 0 ? 'w' : 'a', highWaterMark: 1024 * 1024}));
	} catch (error) {
		throw said === '' ? error : new Error(said, {cause: error});
	} finally {
		clearTimeout(silent);
		channel.close();
	}

	if (said !== '') {
		throw new Error(said.trim().split('\n').at(-1));
	}
}

async function sizeHere(file: string): Promise<number> {
	try {
		return (await stat(file)).size;
	} catch {
		return 0;
	}
}
