import {once} from 'node:events';
import fs from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import {socketDirectory, socketName} from './socket-path.ts';

/**
Removes the sockets that killed runners left in a folder: directories of ours with nothing in them but a socket on which
nobody listens.
*/
export async function sweepSockets(base: string): Promise<void> {
	const names = await fs.readdir(base).catch(() => []);
	await Promise.all(names.filter(name => name.startsWith(socketDirectory)).map(async name => sweep(path.join(base, name))));
}

async function sweep(directory: string): Promise<void> {
	try {
		const [{uid}, names] = await Promise.all([fs.lstat(directory), fs.readdir(directory)]);
		const isOurs = uid === process.getuid?.() && names.length === 1 && names[0] === socketName;
		if (isOurs && await isDead(path.join(directory, socketName))) {
			await fs.rm(directory, {recursive: true, force: true});
		}
	} catch {
		// Gone already, or somebody else's.
	}
}

async function isDead(file: string): Promise<boolean> {
	const found = await fs.lstat(file);
	if (!found.isSocket()) {
		return false;
	}

	const socket = net.connect(file);
	try {
		await once(socket, 'connect');
		return false;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED';
	} finally {
		socket.destroy();
	}
}
