/*
Clients that start beside one another begin together: the first to be ready would take the cores from those that still start,
and its first samples would overlap nobody's. Each sends a frame that says how many they are, and the server answers none
before all have sent theirs.
*/
import {type FrameWriter} from './frames.ts';

/** In place of a client's pseudonym. */
export const startingLine = 0xFF_FF_FF_FF;

const nothing = new Uint8Array(0);

type StartingLine = {
	/** One of `clients` is ready. */
	arrive(clients: number, replies: FrameWriter): void;
	/** It has gone. */
	leave(replies: FrameWriter): void;
};

/** The server's end. */
export function createStartingLine(): StartingLine {
	const waiting = new Set<FrameWriter>();
	return {
		arrive(clients, replies) {
			waiting.add(replies);
			if (waiting.size < clients) {
				return;
			}

			for (const one of waiting) {
				one.add(startingLine, clients, nothing);
			}

			waiting.clear();
		},
		leave(replies) {
			waiting.delete(replies);
		},
	};
}
