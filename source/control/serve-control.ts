/*
The runner's end of the control socket. It must never disturb the run: a console that hangs, floods or goes away costs its
own connection and nothing else.
*/
import {Buffer} from 'node:buffer';
import {once} from 'node:events';
import fs from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import {BenchError, messageOf} from '../core/errors.ts';
import {isObject} from '../core/json.ts';
import {lineCutter, parseLine} from './lines.ts';
import {type ControlAnswer, controlRequest, type ControlRequest} from './protocol.ts';
import {createSocketPlace} from './socket-path.ts';
import {sweepSockets} from './sweep-sockets.ts';

/** A file of a benchmark directory, on the host of a proc. */
export type HostFile = {
	/** 0 where it is not there yet. */
	size(): Promise<number>;
	read(offset: number, length: number): Promise<Uint8Array>;
};

export type ControlHandlers = {
	/** A handler that throws tells the person why not. */
	stop(): void;
	skip(): void;
	letGo(): void;
	answer(question: string, text: string): void;
	file(benchmark: string, label: string, name: string): HostFile;
};

export type ControlServer = {
	readonly path: string;
	/** Ends every connection and removes the socket. */
	close(): Promise<void>;
};

const watchMs = 100;
// What a console has not taken yet, beyond which its watches wait.
const maxUnsentBytes = 1024 * 1024;
// What a console may have asked for and not taken; one that asks for more never reads, or is none of ours.
const maxOwedBytes = 16 * 1024 * 1024;
const requestBytes = 1024;

/**
Listens for consoles.

@throws BenchError `host` where there is no place for a socket.
*/
export async function serveControl(handlers: ControlHandlers, bases?: readonly string[]): Promise<ControlServer> {
	const place = await createSocketPlace(bases);
	const sockets = new Set<net.Socket>();
	const server = net.createServer(socket => {
		sockets.add(socket);
		socket.on('close', () => {
			sockets.delete(socket);
		});
		serveConsole(socket, handlers);
	});
	server.listen(place.path);
	try {
		await once(server, 'listening');
		await fs.chmod(place.path, 0o600);
	} catch (error) {
		await place.remove();
		throw new BenchError('host', `The control socket ${place.path} cannot be made: ${messageOf(error)}.`, {cause: error});
	}

	// What killed runners left is nobody's any more; it is seen to beside.
	void sweepSockets(path.dirname(path.dirname(place.path)));
	// A run that is over must not live on for its consoles.
	server.unref();
	return {
		path: place.path,
		async close() {
			server.close();
			for (const socket of sockets) {
				// What was answered goes out; who does not read it is cut off.
				socket.end();
				socket.setTimeout(1000, () => socket.destroy());
				socket.unref();
			}

			await place.remove();
		},
	};
}

function serveConsole(socket: net.Socket, handlers: ControlHandlers): void {
	const watches = new Map<number, NodeJS.Timeout>();
	let askedBytes = 0;
	const answer = (message: ControlAnswer) => {
		if (!socket.destroyed && socket.writable) {
			socket.write(`${JSON.stringify(message)}\n`);
		}
	};

	const watch = (id: number, file: HostFile) => {
		let known = -1;
		let isAsking = false;
		unwatch(id);
		watches.set(id, setInterval(() => {
			if (isAsking || socket.writableLength > maxUnsentBytes) {
				return;
			}

			isAsking = true;
			void (async () => {
				// A host that is gone has no news.
				const size = await file.size().catch(() => known);
				if (size !== known && watches.has(id)) {
					known = size;
					answer({watch: id, size});
				}

				isAsking = false;
			})();
		}, watchMs).unref());
	};

	const unwatch = (id: number) => {
		clearInterval(watches.get(id));
		watches.delete(id);
	};

	const obey = async (request: ControlRequest): Promise<Omit<Extract<ControlAnswer, {readonly ok: true}>, 'id' | 'ok'>> => {
		switch (request.type) {
			case 'stop': {
				handlers.stop();
				return {};
			}

			case 'skip': {
				handlers.skip();
				return {};
			}

			case 'let-go': {
				handlers.letGo();
				return {};
			}

			case 'answer': {
				handlers.answer(request.question, request.text);
				return {};
			}

			case 'size': {
				return {size: await fileOf(request).size()};
			}

			case 'read': {
				const bytes = await fileOf(request).read(request.offset, request.length);
				return {bytes: Buffer.from(bytes).toString('base64')};
			}

			case 'watch': {
				watch(request.id, fileOf(request));
				return {};
			}

			case 'unwatch': {
				unwatch(request.watch);
				return {};
			}
		}
	};

	const fileOf = ({benchmark, label, name}: {readonly benchmark: string; readonly label: string; readonly name: string}) => handlers.file(benchmark, label, name);
	const take = lineCutter(line => {
		// The rest of a chunk whose beginning was too much.
		if (socket.destroyed) {
			return;
		}

		const said = parseLine(line);
		const parsed = controlRequest.safeParse(said);
		if (!parsed.success) {
			const id = isObject(said) && Number.isSafeInteger(said['id']) ? Number(said['id']) : -1;
			answer({id, error: 'This is no request that the runner knows; the console may be of another version.'});
			return;
		}

		const request = parsed.data;
		const cost = requestBytes + (request.type === 'read' ? request.length * 4 / 3 : 0);
		askedBytes += cost;
		if (askedBytes + socket.writableLength + (watches.size * requestBytes) > maxOwedBytes) {
			socket.destroy();
			return;
		}

		void (async () => {
			try {
				answer({id: request.id, ok: true, ...await obey(request)});
			} catch (error) {
				answer({id: request.id, error: messageOf(error)});
			} finally {
				askedBytes -= cost;
			}
		})();
	});
	socket.on('data', (chunk: Buffer) => {
		if (!take(chunk)) {
			socket.destroy();
		}
	});
	socket.on('error', () => socket.destroy());
	socket.on('close', () => {
		for (const timer of watches.values()) {
			clearInterval(timer);
		}

		watches.clear();
	});
}
