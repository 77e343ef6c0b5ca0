/*
The console's end of the control socket.
*/
import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import net from 'node:net';
import {BenchError, messageOf} from '../core/errors.ts';
import {lineCutter, parseLine} from './lines.ts';
import {controlAnswer, type ControlAnswer, type ControlRequest, maxReadBytes} from './protocol.ts';

/** A file of a benchmark directory, on the host of a proc. */
export type FileName = {readonly benchmark: string; readonly label: string; readonly name: string};

/** Everything rejects with a BenchError `host` where the runner refuses or is gone. */
export type ControlClient = {
	stop(): Promise<void>;
	skip(): Promise<void>;
	letGo(): Promise<void>;
	answer(question: string, text: string): Promise<void>;
	size(file: FileName): Promise<number>;
	/** At most `length` bytes from `offset`; fewer at the end. */
	read(file: FileName, offset: number, length: number): Promise<Uint8Array>;
	/** Calls back with each new size; returns what ends the watch. */
	watch(file: FileName, onSize: (size: number) => void): () => void;
	/** Settles when the runner is gone, or this end was closed. */
	readonly closed: Promise<void>;
	close(): void;
};

type Ok = Extract<ControlAnswer, {readonly ok: true}>;
type Wanted = ControlRequest extends infer Request ? (Request extends ControlRequest ? Omit<Request, 'id'> : never) : never;

/**
Connects to a runner.

@param path Of its socket, as the journal names it.
@throws BenchError `host` where nothing listens there: the run is over, or runs on another machine.
*/
export async function connectControl(path: string): Promise<ControlClient> {
	const socket = net.connect(path);
	try {
		await once(socket, 'connect');
	} catch (error) {
		throw new BenchError('host', `The runner cannot be reached at ${path}: ${messageOf(error)}.`, {cause: error});
	}

	const waiting = new Map<number, PromiseWithResolvers<Ok>>();
	const watches = new Map<number, (size: number) => void>();
	const closed = Promise.withResolvers<void>();
	let lastId = 0;
	const take = lineCutter(line => {
		const parsed = controlAnswer.safeParse(parseLine(line));
		if (!parsed.success) {
			return;
		}

		const answer = parsed.data;
		if ('watch' in answer) {
			watches.get(answer.watch)?.(answer.size);
		} else if ('error' in answer) {
			waiting.get(answer.id)?.reject(new BenchError('host', answer.error));
			waiting.delete(answer.id);
		} else {
			waiting.get(answer.id)?.resolve(answer);
			waiting.delete(answer.id);
		}
	});
	socket.on('data', (chunk: Buffer) => {
		if (!take(chunk)) {
			socket.destroy();
		}
	});
	socket.on('error', () => socket.destroy());
	socket.on('close', () => {
		for (const {reject} of waiting.values()) {
			reject(gone());
		}

		waiting.clear();
		watches.clear();
		closed.resolve();
	});

	const ask = async (request: Wanted, id = ++lastId): Promise<Ok> => {
		if (socket.destroyed) {
			throw gone();
		}

		const answered = Promise.withResolvers<Ok>();
		waiting.set(id, answered);
		socket.write(`${JSON.stringify({...request, id})}\n`);
		return answered.promise;
	};

	return {
		async stop() {
			await ask({type: 'stop'});
		},
		async skip() {
			await ask({type: 'skip'});
		},
		async letGo() {
			await ask({type: 'let-go'});
		},
		async answer(question, text) {
			await ask({type: 'answer', question, text});
		},
		size: async file => (await ask({type: 'size', ...file})).size ?? 0,
		async read(file, offset, length) {
			const pieces: Uint8Array[] = [];
			for (let done = 0; done < length;) {
				const wanted = Math.min(maxReadBytes, length - done);
				const piece = Buffer.from((await ask({type: 'read', ...file, offset: offset + done, length: wanted})).bytes ?? '', 'base64');
				pieces.push(piece);
				done += piece.length;
				if (piece.length < wanted) {
					break;
				}
			}

			return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
		},
		watch(file, onSize) {
			const id = ++lastId;
			watches.set(id, onSize);
			// A runner that goes away has nothing more to tell.
			void ask({type: 'watch', ...file}, id).catch(() => undefined);
			return () => {
				if (watches.delete(id)) {
					void ask({type: 'unwatch', watch: id}).catch(() => undefined);
				}
			};
		},
		closed: closed.promise,
		close() {
			socket.destroy();
		},
	};
}

function gone(): BenchError {
	return new BenchError('host', 'The runner is gone.');
}
